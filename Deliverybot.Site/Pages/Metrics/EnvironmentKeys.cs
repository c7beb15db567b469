namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures of one environment.</summary>
internal sealed record EnvironmentKeys(EnvironmentName Environment, KeysPair Keys, IReadOnlyList<MetricsPoint> Points);
