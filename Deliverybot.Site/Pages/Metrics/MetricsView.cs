using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures of a span of time, all together, by environment and by day.</summary>
internal sealed record MetricsView(
    MetricsWindow Window,
    KeysPair Total,
    IReadOnlyList<EnvironmentKeys> Environments,
    IReadOnlyList<MetricsPoint> Points);
