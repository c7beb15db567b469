namespace Deliverybot.Jobs.Metrics;

/// <summary>An environment in which something had failed, until the next deployment there held.</summary>
/// <param name="Until">Null while it lasts.</param>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset? Until);
