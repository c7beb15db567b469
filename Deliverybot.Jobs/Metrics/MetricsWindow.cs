namespace Deliverybot.Jobs.Metrics;

/// <summary>A span of whole UTC days: from its first instant up to, but without, its last.</summary>
internal sealed record MetricsWindow(DateTimeOffset From, DateTimeOffset To)
{
    public int Days => (int)(To - From).TotalDays;

    /// <summary>As many days, just before.</summary>
    public MetricsWindow Before => new(From - (To - From), From);

    /// <summary>The last so many days, of which today, as far as it has come, is one.</summary>
    public static MetricsWindow Last(int days, DateTimeOffset now)
    {
        var end = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        return new MetricsWindow(end.AddDays(-days), end);
    }

    public bool Contains(DateTimeOffset at) => at >= From && at < To;

    /// <summary>The parts it falls into, each of so many days; the last one is what remains.</summary>
    public IEnumerable<MetricsWindow> Parts(int days)
    {
        for (var from = From; from < To; from = from.AddDays(days))
        {
            var to = from.AddDays(days);
            yield return new MetricsWindow(from, to < To ? to : To);
        }
    }
}
