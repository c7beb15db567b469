namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>Makes one list and one state of a commit's statuses and check runs.</summary>
internal static class CommitChecks
{
    private const string Ours = "deliverybot/";
    private const string Promotion = "deliverybot/promotion";

    public static IReadOnlyList<CommitCheck> Of(CommitsPageData.Rollup? rollup) =>
        [.. (rollup?.Contexts?.Nodes ?? []).Select(Of).Where(check => !IsOurs(check.Name))];

    public static CombinedState Combine(CommitsPageData.Rollup? rollup, IReadOnlyList<CommitCheck> checks)
    {
        var state = checks.Select(check => check.State).DefaultIfEmpty(CombinedState.Nothing).Max();
        if (rollup is not { Contexts: { } contexts } more || contexts.TotalCount <= (contexts.Nodes ?? []).Length)
        {
            return state;
        }

        // Where there are more than we were given, GitHub's own sum is the better one, unless it may be our own statuses that make it so:
        // of a commit that was overtaken they stay pending.
        var ours = (contexts.Nodes ?? []).Select(Of).Where(check => IsOurs(check.Name)).Select(check => check.State);
        var sum = OfStatus(more.State);
        return sum > ours.DefaultIfEmpty(CombinedState.Nothing).Max() && sum > state ? sum : state;
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
        ("COMPLETED", "SUCCESS" or "NEUTRAL") => CombinedState.Success,
        ("COMPLETED", "SKIPPED") => CombinedState.Skipped,
        ("COMPLETED", "STALE" or null) => CombinedState.Nothing,
        ("COMPLETED", _) => CombinedState.Failing,
        ("WAITING", _) => CombinedState.Waiting,
        _ => CombinedState.Pending,
    };
}

/// <summary>A commit status or check run, for display.</summary>
internal sealed record CommitCheck(string Name, CombinedState State, string? Url);

/// <summary>The state of a commit's checks, one or all together: of several, the greatest counts.</summary>
internal enum CombinedState
{
    Nothing,
    Skipped,
    Waiting,
    Success,
    Pending,
    Failing,
}

/// <summary>The first line of a commit message. It can be of any length; a page has room for this much.</summary>
internal static class CommitHeadline
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
