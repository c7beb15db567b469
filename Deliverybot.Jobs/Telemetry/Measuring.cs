using System.Diagnostics.Metrics;

namespace Deliverybot.Jobs.Telemetry;

/// <summary>What all metrics of this program have in common. Each is made where it is counted; the docs have the list (docs/operations).</summary>
internal static class Measuring
{
    /// <summary>The names of all our meters begin like this.</summary>
    public const string MeterName = "Deliverybot";

    /// <summary>Seconds, from what a call takes to what waits for a limit of GitHub's.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600] };
}

/// <summary>The event that is being worked off in this scope; none in a request, or in a job that no event began.</summary>
internal sealed class Occasion
{
    public string? Event { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public void Set(string eventName, DateTimeOffset receivedAt) => (Event, ReceivedAt) = (eventName, receivedAt);
}
