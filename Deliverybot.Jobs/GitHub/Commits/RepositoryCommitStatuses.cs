using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Commit statuses: <see href="https://docs.github.com/rest/commits/statuses"/>.</summary>
internal sealed class RepositoryCommitStatuses(GitHubTransport transport, RepositoryName repository)
{
    /// <summary>The newest of a context counts, so one that may have been written may be written again.</summary>
    public async Task CreateAsync(CommitSha sha, NewCommitStatus status, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(status, CommitsJson.Default.NewCommitStatus);
        var answer = await transport.SendAsync(GitHubCall.RepeatablePost($"repos/{repository}/statuses/{sha}", body), cancellationToken);
        answer.EnsureSuccess();
    }

    /// <summary>The newest of each context, all pages.</summary>
    public async Task<IReadOnlyList<CommitStatus>> ListAsync(CommitSha sha, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"repos/{repository}/commits/{sha}/statuses?per_page=100");
        // GitHub gives the newest first.
        var newest = new Dictionary<string, CommitStatus>(StringComparer.Ordinal);
        await foreach (var status in transport.ReadAllAsync(call, CommitsJson.Default.CommitStatusArray, cancellationToken))
        {
            newest.TryAdd(status.Context, status);
        }

        return [.. newest.Values];
    }
}

/// <summary>A commit status as it is at GitHub.</summary>
internal sealed record CommitStatus(
    CommitState State,
    string Context,
    string? Description,
    string? TargetUrl,
    GitHubAccount? Creator,
    DateTimeOffset? CreatedAt);

/// <summary>A commit status to write.</summary>
/// <param name="Description">GitHub takes 140 characters at most.</param>
internal sealed record NewCommitStatus(CommitState State, string Context, string? Description = null, Uri? TargetUrl = null);

/// <summary>The state of a commit status.</summary>
[JsonConverter(typeof(StateConverter<CommitState>))]
internal enum CommitState
{
    Pending,
    Success,
    Failure,
    Error,
}
