namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>Makes one list and one state of a commit's statuses and check runs.</summary>
internal static class CommitChecks
{
    private const string Ours = "deliverybot/";
    private const string Promotion = "deliverybot/promotion";

    public static IReadOnlyList<CommitCheck> Of(CommitsPageData.Rollup? rollup) =>
        [.. (rollup?.Contexts.Nodes ?? []).OfType<CommitsPageData.ContextNode>().Select(Of).Where(check => !IsOurs(check.Name))];

    public static CombinedState Combine(CommitsPageData.Rollup? rollup, IReadOnlyList<CommitCheck> checks)
    {
        var state = checks.Select(check => check.State).DefaultIfEmpty(CombinedState.Nothing).Max();
        // Where there are more than we were given, GitHub's own sum is the better one.
        return rollup is { } more && more.Contexts.TotalCount > more.Contexts.Nodes.Length
            ? (CombinedState)Math.Max((int)state, (int)OfStatus(more.State))
            : state;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(Ours, StringComparison.Ordinal) && name != Promotion;

    private static CommitCheck Of(CommitsPageData.ContextNode node) => node.TypeName == "CheckRun"
        ? new CommitCheck(node.Name ?? "", OfRun(node.Status, node.Conclusion), node.DetailsUrl)
        : new CommitCheck(node.Context ?? "", OfStatus(node.State), node.TargetUrl);

    private static CombinedState OfStatus(string? state) => state switch
    {
        "ERROR" or "FAILURE" => CombinedState.Failing,
        "PENDING" => CombinedState.Pending,
        "SUCCESS" => CombinedState.Success,
        "EXPECTED" => CombinedState.Waiting,
        _ => CombinedState.Nothing,
    };

    private static CombinedState OfRun(string? status, string? conclusion) => (status, conclusion) switch
    {
        ("COMPLETED", "SUCCESS" or "NEUTRAL" or "SKIPPED") => CombinedState.Success,
        ("COMPLETED", "STALE" or null) => CombinedState.Nothing,
        ("COMPLETED", _) => CombinedState.Failing,
        ("WAITING", _) => CombinedState.Waiting,
        _ => CombinedState.Pending,
    };
}
