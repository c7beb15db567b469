namespace Deliverybot.Jobs.Metrics;

internal static class Median
{
    /// <returns>The one in the middle, or what lies midway between the two there; null of none.</returns>
    public static TimeSpan? Of(IReadOnlyCollection<TimeSpan> spans)
    {
        var ordered = spans.Order().ToList();
        var middle = ordered.Count / 2;
        return ordered.Count switch
        {
            0 => null,
            _ when ordered.Count % 2 == 1 => ordered[middle],
            _ => (ordered[middle - 1] + ordered[middle]) / 2,
        };
    }
}
