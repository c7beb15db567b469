using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Commits;

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
