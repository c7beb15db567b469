using System.Globalization;
using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures of a span of time, all together, by environment and by day.</summary>
internal sealed record MetricsView(
    MetricsWindow Window,
    KeysPair Total,
    IReadOnlyList<EnvironmentKeys> Environments,
    IReadOnlyList<MetricsPoint> Points);

/// <summary>The figures of one environment.</summary>
internal sealed record EnvironmentKeys(EnvironmentName Environment, KeysPair Keys, IReadOnlyList<MetricsPoint> Points);

/// <summary>The figures, and those of as long a time just before.</summary>
internal sealed record KeysPair(DeliveryKeys Now, DeliveryKeys Before);

/// <summary>The figures of one day, or of a few.</summary>
internal sealed record MetricsPoint(MetricsWindow Window, DeliveryKeys Keys)
{
    public string Label => Window.Days == 1
        ? Day(Window.From)
        : $"{Day(Window.From)} – {Day(Window.To.AddDays(-1))}";

    private static string Day(DateTimeOffset at) => at.ToString("d MMM", CultureInfo.InvariantCulture);
}
