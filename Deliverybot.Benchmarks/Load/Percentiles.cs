namespace Deliverybot.Benchmarks.Load;

/// <summary>Nearest-rank percentiles.</summary>
internal sealed record Percentiles(TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0
            ? new Percentiles(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
            : new Percentiles(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
    }

    private static TimeSpan At(TimeSpan[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
