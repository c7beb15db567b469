using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;

namespace Deliverybot.Jobs.Gates;

/// <summary>
/// Judges required contexts where GitHub's own judgement doesn't do: it counts skipped and neutral checks as unmet
/// (<see href="https://docs.github.com/en/rest/deployments/deployments#create-a-deployment"/>).
/// </summary>
internal static class RequiredContexts
{
    /// <summary>Reads statuses and check runs, all pages of both, and judges them.</summary>
    public static async Task<ChecksFacts> ReadAsync(
        CommitSha sha, IReadOnlyList<string> required, RepositoryClient github, CancellationToken cancellationToken)
    {
        var statuses = await github.CommitStatuses.ListAsync(sha, cancellationToken);
        var runs = await github.Checks.ListAsync(sha, cancellationToken);
        return Judge(required, statuses, runs);
    }

    /// <summary>
    /// A status and a check run of the same name must both be good, and so must the newest run of that name in each check suite: two
    /// workflows may have a job called so, and a workflow may run twice on a commit. GitHub lists them all; its <c>filter=latest</c>
    /// compares the runs of one suite only (<see href="https://github.com/lewagon/wait-on-check-action/pull/156"/>).
    /// </summary>
    public static ChecksFacts Judge(IReadOnlyList<string> required, IReadOnlyList<CommitStatus> statuses, IReadOnlyList<CheckRun> runs)
    {
        var newest = runs.GroupBy(run => (run.CheckSuite?.Id, run.App?.Id, run.Name)).Select(same => same.MaxBy(run => run.Id)!).ToList();
        return new ChecksFacts([.. required.Select(context => UnmetOf(context, statuses, newest)).OfType<UnmetCheck>()])
        {
            Excused =
            [
                .. required.Select(context => newest.Find(run => run.Name == context && EndedIdly(run))).OfType<CheckRun>()
                    .Select(run => new UnmetCheck(run.Name, run.Conclusion is CheckConclusion.Skipped ? UnmetCheck.Skipped : UnmetCheck.Neutral)),
            ],
        };
    }

    private static UnmetCheck? UnmetOf(string context, IReadOnlyList<CommitStatus> statuses, List<CheckRun> runs)
    {
        var status = statuses.Where(status => status.Context == context).Select(UnmetOf);
        var checks = runs.Where(run => run.Name == context).Select(run => UnmetOf(run, runs));
        List<UnmetCheck?> all = [.. status, .. checks];
        return all is [] ? new UnmetCheck(context, UnmetCheck.NoResult) : all.OfType<UnmetCheck>().OrderByDescending(unmet => unmet.Failed).FirstOrDefault();
    }

    private static UnmetCheck? UnmetOf(CommitStatus status) =>
        status.State == CommitState.Success ? null : new UnmetCheck(status.Context, Word(status.State.ToString()));

    private static UnmetCheck? UnmetOf(CheckRun run, List<CheckRun> runs) => run switch
    {
        { Status: not CheckRunStatus.Completed } => new UnmetCheck(run.Name, UnmetCheck.Pending),
        { Conclusion: CheckConclusion.Success or CheckConclusion.Neutral } => null,
        { Conclusion: CheckConclusion.Skipped } => runs.Find(other => IsOfSuite(run, other) && HasFailed(other)) is { } cause
            ? new UnmetCheck(run.Name, UnmetCheck.Skipped, Because: $"{cause.Name} {Ended(cause)}")
            : null,
        { Conclusion: var conclusion } => new UnmetCheck(run.Name, Word((conclusion ?? CheckConclusion.Unknown).ToString())),
    };

    private static bool EndedIdly(CheckRun run) => run.Conclusion is CheckConclusion.Neutral or CheckConclusion.Skipped;

    /// <summary>A job whose <c>needs</c> failed is skipped too: that is no pass.</summary>
    private static bool IsOfSuite(CheckRun run, CheckRun other) => other.Id != run.Id && run.CheckSuite is { } suite && other.CheckSuite == suite;

    private static bool HasFailed(CheckRun run) => run.Conclusion
        is CheckConclusion.Failure or CheckConclusion.TimedOut or CheckConclusion.Cancelled or CheckConclusion.StartupFailure;

    private static string Ended(CheckRun run) => run.Conclusion switch
    {
        CheckConclusion.TimedOut => "timed out",
        CheckConclusion.Cancelled => "was cancelled",
        _ => "failed",
    };

    /// <summary>GitHub's own spelling: <c>timed_out</c>.</summary>
    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
