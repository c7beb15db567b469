using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>A commit's statuses and check runs, shown as they are on the commits page.</summary>
internal static class CommitChecksView
{
    private const string Ours = "deliverybot/";
    private const string Promotion = "deliverybot/promotion";

    public static ChecksView Of(GitHubCommit commit, IReadOnlyList<CommitStatus> statuses, IReadOnlyList<CheckRun> runs)
    {
        List<CommitCheck> checks =
        [
            .. statuses
                .Where(status => status.Context == Promotion || !status.Context.StartsWith(Ours, StringComparison.Ordinal))
                .Select(status => new CommitCheck(status.Context, StateOf(status.State), status.TargetUrl)),
            .. runs.Select(run => new CommitCheck(run.Name, StateOf(run), run.HtmlUrl)),
        ];
        return ChecksView.Of(new BranchCommit(
            commit.Sha,
            commit.Headline,
            commit.Commit.Committer?.Date,
            commit.Commit.Author?.Name ?? "",
            commit.Author?.Login,
            commit.Author?.AvatarUrl,
            checks.Select(check => check.State).DefaultIfEmpty(CombinedState.Nothing).Max(),
            checks));
    }

    private static CombinedState StateOf(CommitState state) => state switch
    {
        CommitState.Success => CombinedState.Success,
        CommitState.Pending => CombinedState.Pending,
        CommitState.Failure or CommitState.Error => CombinedState.Failing,
    };

    private static CombinedState StateOf(CheckRun run) => run switch
    {
        { Status: CheckRunStatus.Waiting } => CombinedState.Waiting,
        { Status: not CheckRunStatus.Completed } => CombinedState.Pending,
        { Conclusion: CheckConclusion.Success or CheckConclusion.Neutral } => CombinedState.Success,
        { Conclusion: CheckConclusion.Skipped } => CombinedState.Skipped,
        { Conclusion: CheckConclusion.Stale or null } => CombinedState.Nothing,
        _ => CombinedState.Failing,
    };
}
