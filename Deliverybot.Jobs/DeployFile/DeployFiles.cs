using System.Collections.Immutable;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads <c>deploy.yml</c> at GitHub. What a blob means to an account is remembered by its sha, so an unchanged file is parsed once.</summary>
internal sealed class DeployFiles : IDisposable
{
    public const string Path = ".github/deploy.yml";

    /// <summary>What people sometimes call it.</summary>
    public const string Misnamed = ".github/deploy.yaml";

    /// <summary>The sentence about a file that nobody meant for us.</summary>
    public const string Workflow = $"{Path} is a GitHub Actions workflow, which belongs under .github/workflows: there are no targets of Deliverybot in it.";

    private const int MostFiles = 2000;

    private readonly MemoryCache _parsed = new(new MemoryCacheOptions { SizeLimit = MostFiles });

    /// <param name="at">A commit or branch; null: the default branch.</param>
    public Task<DeployFileState> ReadAsync(RepositoryClient github, Revision? at, CancellationToken cancellationToken) =>
        ReadAsync(Path, github, at, cancellationToken);

    /// <summary>For whoever wants to know why there is nothing: where there is no file, one more call looks for a misnamed one.</summary>
    /// <param name="at">A commit or branch; null: the default branch.</param>
    public async Task<DeployFileState> AskAsync(RepositoryClient github, Revision? at, CancellationToken cancellationToken) =>
        await ReadAsync(Path, github, at, cancellationToken) is not DeployFileState.Absent and var state ? state
        : await ReadAsync(Misnamed, github, at, cancellationToken) is DeployFileState.Valid or DeployFileState.Invalid ? new DeployFileState.Misnamed()
        : new DeployFileState.Absent();

    public void Dispose() => _parsed.Dispose();

    private async Task<DeployFileState> ReadAsync(string path, RepositoryClient github, Revision? at, CancellationToken cancellationToken)
    {
        var read = await github.Contents.ReadAsync(path, at, cancellationToken);
        return read.Match<DeployFileState>(file => Parsed(file, github.Name.Owner), () => new DeployFileState.Absent(), reason => new DeployFileState.Unreadable($"{path} can't be read: {reason}."));
    }

    private DeployFileState Parsed(FileRead.Found file, string owner) => _parsed.GetOrCreate<DeployFileState>(
        (file.BlobSha, owner.ToUpperInvariant()),
        entry =>
        {
            entry.Size = 1;
            return DeployFileParser.Parse(file.Bytes, owner).State;
        })!;
}

/// <summary>What a repository says in <c>.github/deploy.yml</c>: each of these is a normal state that is shown, never a crash.</summary>
internal abstract record DeployFileState
{
    private DeployFileState()
    {
    }

    /// <summary>The sentence why there are no targets; null where the file is sound.</summary>
    public abstract string? Fault { get; }

    /// <summary>What a commit that changes it is told: whether that is good, and what it is; null where nobody has asked us.</summary>
    public abstract (bool IsGood, string Text)? AtCommit { get; }

    /// <summary>What a page says of a commit at which the file stood so; null where it was sound.</summary>
    public abstract string? WasAtCommit { get; }

    /// <summary>The fault, and what follows from it, wherever somebody asks how things stand; null where it is sound, or nobody meant it for us.</summary>
    public string? Warning => this is Invalid or Unreadable or Misnamed ? $"{Fault} {Consequence}" : null;

    /// <summary>What whoever asks how things stand is told of the file: the warning, or that there is none.</summary>
    public string? Told => Warning ?? (this as Absent)?.Fault;

    /// <summary>What follows from any fault.</summary>
    public static string Consequence => "Until that is mended, nothing is deployed by it.";

    public sealed record Valid(DeployTargets Targets) : DeployFileState
    {
        public override string? Fault => null;

        public override string? WasAtCommit => null;

        public override (bool IsGood, string Text)? AtCommit => (true, Targets.All is [_] ? "1 target" : $"{Targets.All.Length} targets");
    }

    /// <summary>There is no such file: the repository doesn't use Deliverybot (yet).</summary>
    public sealed record Absent : DeployFileState
    {
        public override string Fault => $"The default branch has no {DeployFiles.Path}, so there are no targets: add one (the site’s page Config proposes it).";

        public override (bool IsGood, string Text)? AtCommit => (true, $"{DeployFiles.Path} is gone: nothing is deployed.");

        public override string WasAtCommit => $"At this commit there is no {DeployFiles.Path}.";
    }

    /// <summary>There is something, but no file that can be read.</summary>
    public sealed record Unreadable(string Reason) : DeployFileState
    {
        /// <summary>Where a page is drawn without GitHub.</summary>
        public static DeployFileState Unanswered { get; } = new Unreadable($"{DeployFiles.Path} can't be read: GitHub doesn't answer.");

        public override string Fault => Reason;

        public override (bool IsGood, string Text)? AtCommit => (false, Reason);

        public override string WasAtCommit => $"At this commit, {Reason} By that file nothing is deployed.";
    }

    public sealed record Invalid(IReadOnlyList<DeployFileError> Errors) : DeployFileState
    {
        public override string Fault => $"{DeployFiles.Path} has an error in {Sentence}";

        public override (bool IsGood, string Text)? AtCommit => (false, Errors[0].ToString());

        public override string WasAtCommit => $"At this commit, {DeployFiles.Path} is broken in {Sentence} By that file nothing is deployed.";

        private string Sentence => Errors[0].ToString() is [.., '.' or '?' or '!'] ended ? ended : $"{Errors[0]}.";
    }

    /// <summary>There is no such file, but one of ours that is called <c>deploy.yaml</c>, which isn't read. Known only where a person asks.</summary>
    public sealed record Misnamed : DeployFileState
    {
        public override string Fault => $"The default branch has {DeployFiles.Misnamed}, but the file must be called {DeployFiles.Path}: rename it.";

        public override (bool IsGood, string Text)? AtCommit => (false, $"{DeployFiles.Misnamed} isn't read: call it {DeployFiles.Path}.");

        public override string WasAtCommit => $"At this commit the file is called {DeployFiles.Misnamed}, which isn't read.";
    }

    /// <summary>There is a GitHub Actions workflow in its place. Nobody asked us for anything: only who asks now is told.</summary>
    public sealed record Workflow : DeployFileState
    {
        public override string Fault => DeployFiles.Workflow;

        public override (bool IsGood, string Text)? AtCommit => null;

        public override string WasAtCommit => $"At this commit, {DeployFiles.Workflow}";
    }
}

/// <summary>The targets of a sound <c>deploy.yml</c>, in the order of the file.</summary>
internal sealed class DeployTargets(ImmutableArray<Target> targets)
{
    private readonly Dictionary<TargetName, Target> byName = targets.ToDictionary(target => target.Name);

    public ImmutableArray<Target> All { get; } = targets;

    /// <summary>What the file says for all of them, which each has already.</summary>
    public FileRules Rules { get; init; } = FileRules.None;

    public Target? Find(TargetName name) => byName.GetValueOrDefault(name);

    /// <summary>Those that deploy to the environment by its name.</summary>
    public IReadOnlyList<Target> Of(EnvironmentName environment) =>
        [.. All.Where(target => target.Environment.IsPlain && new EnvironmentName(target.Environment.Text) == environment)];

    public DeployTargets Only(IReadOnlyCollection<TargetName> names) => new([.. All.Where(target => names.Contains(target.Name))]) { Rules = Rules };

    /// <summary>The targets that name this one under <c>after</c>.</summary>
    public IEnumerable<Target> Following(TargetName name) => All.Where(target => target.After.Contains(name));
}
