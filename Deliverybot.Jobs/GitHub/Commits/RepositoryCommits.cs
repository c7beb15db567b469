using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Commits: <see href="https://docs.github.com/rest/commits/commits"/>.</summary>
internal sealed class RepositoryCommits(GitHubTransport transport, RepositoryName repository)
{
    /// <returns>Null if the repository has no such commit.</returns>
    public async Task<GitHubCommit?> GetAsync(Revision revision, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/commits/{revision}"), cancellationToken);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
        {
            return null;
        }

        return answer.Read(CommitsJson.Default.GitHubCommit) with { Raw = answer.Read(CommitsJson.Default.JsonElement) };
    }

    /// <returns>Null if one of the two is unknown, or they have nothing in common.</returns>
    public async Task<CommitComparison?> CompareAsync(Revision @base, Revision head, CancellationToken cancellationToken)
    {
        // Only the verdict is wanted, which stands on every page. The first one lists the changed files with their patches besides, be
        // it asked for a single commit: a megabyte, and time to compute it. The second lists none, also where there is no second commit:
        // https://docs.github.com/rest/commits/commits#compare-two-commits, https://github.com/github/rest-api-description/issues/3552
        var call = GitHubCall.Get($"repos/{repository}/compare/{@base}...{head}?per_page=1&page=2");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.ReadUnlessMissing(CommitsJson.Default.CommitComparison);
    }

    /// <summary>
    /// The first commits that the head has and the base lacks, the oldest first; how many there are besides is in the verdict. This page
    /// comes with the changed files, so it is read only where somebody looks at the commits.
    /// </summary>
    /// <param name="most">100 at most.</param>
    /// <returns>Null if one of the two is unknown, or they have nothing in common.</returns>
    public async Task<CommitRange?> RangeAsync(Revision @base, Revision head, int most, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"repos/{repository}/compare/{@base}...{head}?per_page={most}");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.ReadUnlessMissing(CommitsJson.Default.CommitRange);
    }

    /// <summary>Whether a branch that stands at <paramref name="head"/> contains the commit.</summary>
    public async Task<bool> ContainsAsync(CommitSha head, CommitSha commit, CancellationToken cancellationToken) =>
        await CompareAsync(head, commit, cancellationToken) is { HeadIsContained: true };
}

/// <summary>
/// What GitHub takes where it asks for "a ref": a commit, or a branch or tag, whose name is given in full. By a short one GitHub may mean
/// a tag where we mean the branch that is called like it.
/// </summary>
internal readonly record struct Revision(string Value)
{
    public static implicit operator Revision(CommitSha sha) => new(sha.Value);

    public static implicit operator Revision(GitRef name) => new(name.Value);

    public override string ToString() => Value;
}

/// <summary>A commit. <see cref="Author"/> and <see cref="Committer"/> are null where the mail address belongs to no account.</summary>
internal sealed record GitHubCommit(
    CommitSha Sha,
    string? HtmlUrl,
    GitHubCommit.Details Commit,
    GitHubAccount? Author,
    GitHubAccount? Committer)
{
    /// <summary>GitHub's whole object, for templates.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; init; }

    public string Headline => Commit.Message?.Split('\n', 2)[0].TrimEnd() ?? "";

    internal sealed record Details(string? Message, Signature? Author, Signature? Committer);

    internal sealed record Signature(string? Name, string? Email, DateTimeOffset? Date);
}

/// <summary>How a head stands to a base: <paramref name="Status"/> is said of the head.</summary>
internal sealed record CommitComparison(ComparisonStatus Status, int AheadBy, int BehindBy)
{
    /// <summary>Whether the base already has everything of the head.</summary>
    public bool HeadIsContained => Status is ComparisonStatus.Identical or ComparisonStatus.Behind;
}

/// <summary>What a head has that a base lacks.</summary>
/// <param name="AheadBy">How many commits.</param>
/// <param name="BehindBy">How many of the base's the head lacks.</param>
/// <param name="Commits">The first of them, the oldest first.</param>
internal sealed record CommitRange(int AheadBy, int BehindBy, GitHubCommit[] Commits);

[JsonConverter(typeof(StateConverter<ComparisonStatus>))]
internal enum ComparisonStatus
{
    Diverged,
    Ahead,
    Behind,
    Identical,
}

/// <summary>Commits, and what is said of them. Fields that we don't know are skipped, and those that GitHub leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Login),
        typeof(NameConverters.User),
    ])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(CheckRun.Page), TypeInfoPropertyName = "CheckRunPage")]
[JsonSerializable(typeof(CommitComparison))]
[JsonSerializable(typeof(CommitRange))]
[JsonSerializable(typeof(CommitStatus[]))]
[JsonSerializable(typeof(GitHubCommit))]
[JsonSerializable(typeof(GitObject))]
[JsonSerializable(typeof(NewCommitStatus))]
internal sealed partial class CommitsJson : JsonSerializerContext;
