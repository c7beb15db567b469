using System.Globalization;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The unit in which spans of time make numbers that people read: that of the longest of them.</summary>
internal sealed record TimeUnit(string Many, TimeSpan Length)
{
    private static readonly TimeUnit[] All =
    [
        new("days", TimeSpan.FromDays(1)),
        new("hours", TimeSpan.FromHours(1)),
        new("minutes", TimeSpan.FromMinutes(1)),
    ];

    private static readonly TimeUnit Seconds = new("seconds", TimeSpan.FromSeconds(1));

    /// <summary>One in which the longest is at least two.</summary>
    public static TimeUnit For(IEnumerable<TimeSpan?> spans)
    {
        var longest = spans.Max() ?? TimeSpan.Zero;
        return All.FirstOrDefault(unit => longest >= 2 * unit.Length) ?? Seconds;
    }

    /// <summary>As a number for the chart; empty where there is none.</summary>
    public string Of(TimeSpan? span) => span is { } known ? (known / Length).ToString("0.###", CultureInfo.InvariantCulture) : "";
}
