namespace Deliverybot.Jobs.Metrics;

/// <summary>The four keys of <see href="https://dora.dev/guides/dora-metrics-four-keys/"/>, and what each was reckoned from.</summary>
internal sealed record DeliveryKeys
{
    public required int Days { get; init; }

    /// <summary>Deployments that succeeded, rollbacks aside.</summary>
    public required int Deployments { get; init; }

    public double DeploymentsADay => (double)Deployments / Days;

    /// <summary>The median from commit to the first success in an environment.</summary>
    public required TimeSpan? LeadTime { get; init; }

    public required int LeadTimesKnown { get; init; }

    /// <summary>Those left out, for nobody told when the commit was made.</summary>
    public required int LeadTimesUnknown { get; init; }

    /// <summary>Deployments that ended, well or badly, rollbacks aside.</summary>
    public required int Changes { get; init; }

    /// <summary>Those that failed or were rolled back.</summary>
    public required int Failed { get; init; }

    /// <summary>From 0 to 1; null where nothing ended.</summary>
    public double? FailureRate => Changes == 0 ? null : (double)Failed / Changes;

    /// <summary>The median from a failure to the next deployment that held, by the time of the latter.</summary>
    public required TimeSpan? TimeToRestore { get; init; }

    public required int Restored { get; init; }

    /// <summary>Environments that were not restored when the window ended.</summary>
    public required int StillBroken { get; init; }
}
