using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Check runs: <see href="https://docs.github.com/rest/checks/runs"/>.</summary>
internal sealed class RepositoryChecks(GitHubTransport transport, RepositoryName repository)
{
    /// <summary>All pages of a commit's latest runs. Several of one name remain where several apps or suites made them.</summary>
    public async Task<IReadOnlyList<CheckRun>> ListAsync(CommitSha sha, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"repos/{repository}/commits/{sha}/check-runs?per_page=100");
        var runs = new List<CheckRun>();
        await foreach (var page in transport.ReadPagesAsync(call, CommitsJson.Default.CheckRunPage, cancellationToken))
        {
            runs.AddRange(page.CheckRuns);
        }

        return runs;
    }
}

/// <summary>One run of a check. <see cref="Conclusion"/> is null until it has completed.</summary>
internal sealed record CheckRun(
    long Id,
    string Name,
    CommitSha HeadSha,
    CheckRunStatus Status,
    CheckConclusion? Conclusion,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? HtmlUrl,
    CheckRun.Numbered? CheckSuite,
    CheckRun.Numbered? App)
{
    /// <summary>A page of the list, as GitHub wraps it.</summary>
    internal sealed record Page(int TotalCount, CheckRun[] CheckRuns);

    internal sealed record Numbered(long Id);
}

/// <summary>How far a check run is.</summary>
[JsonConverter(typeof(StateConverter<CheckRunStatus>))]
internal enum CheckRunStatus
{
    Queued,
    Requested,
    Waiting,
    Pending,
    InProgress,
    Completed,
}

/// <summary>How a check run ended; <see cref="Unknown"/> for a word that GitHub added since.</summary>
[JsonConverter(typeof(StateConverter<CheckConclusion>))]
internal enum CheckConclusion
{
    Unknown,
    Success,
    Neutral,
    Skipped,
    Failure,
    Cancelled,
    TimedOut,
    ActionRequired,
    StartupFailure,
    Stale,
}
