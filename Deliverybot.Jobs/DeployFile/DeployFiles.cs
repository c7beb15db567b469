using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads <c>deploy.yml</c> at GitHub. What a blob means is remembered by its sha, so an unchanged file is parsed once.</summary>
internal sealed class DeployFiles : IDisposable
{
    public const string Path = ".github/deploy.yml";

    private const int MostFiles = 2000;

    private readonly MemoryCache _parsed = new(new MemoryCacheOptions { SizeLimit = MostFiles });

    /// <param name="github">Whose rights are used.</param>
    /// <param name="at">A commit or branch; null: the default branch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DeployFileState> ReadAsync(RepositoryClient github, Revision? at, CancellationToken cancellationToken) =>
        await github.Contents.ReadAsync(Path, at, cancellationToken) switch
        {
            FileRead.Found found => Parsed(found),
            FileRead.Missing => new DeployFileState.Absent(),
            FileRead.Unreadable unreadable => new DeployFileState.Unreadable($"{Path} can't be read: {unreadable.Reason}."),
            var other => throw new InvalidOperationException($"A file that is {other} has no meaning here."),
        };

    public void Dispose() => _parsed.Dispose();

    private DeployFileState Parsed(FileRead.Found file) => _parsed.GetOrCreate<DeployFileState>(
        file.BlobSha,
        entry =>
        {
            entry.Size = 1;
            return DeployFileParser.Parse(file.Bytes) switch
            {
                DeployFileResult.Valid valid => new DeployFileState.Valid(valid.Targets),
                DeployFileResult.Invalid invalid => new DeployFileState.Invalid(invalid.Errors),
                var other => throw new InvalidOperationException($"A parse that is {other} has no meaning here."),
            };
        })!;
}
