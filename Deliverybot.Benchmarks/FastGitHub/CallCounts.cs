namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>How often each route was called.</summary>
internal sealed record CallCounts(IReadOnlyList<long> ByRoute)
{
    /// <summary>
    /// Calls made for events. Those of the App itself are left out: upkeep makes them by the clock, load or no load.
    /// </summary>
    public long Total => ByRoute.Sum() - ByRoute[(int)GitHubRoute.App];

    public CallCounts Since(CallCounts earlier) => new([.. ByRoute.Zip(earlier.ByRoute, (now, then) => now - then)]);

    public override string ToString() => string.Join(", ",
        Enum.GetValues<GitHubRoute>().Where(route => ByRoute[(int)route] > 0).Select(route => $"{route} {ByRoute[(int)route]}"));
}
