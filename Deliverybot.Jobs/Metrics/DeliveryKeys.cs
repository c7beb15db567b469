namespace Deliverybot.Jobs.Metrics;

/// <summary>The four keys of <see href="https://dora.dev/guides/dora-metrics-four-keys/"/>, and what each was reckoned from.</summary>
internal sealed record DeliveryKeys
{
    public required int Days { get; init; }

    /// <summary>Deployments that succeeded, rollbacks aside.</summary>
    public required int Deployments { get; init; }

    /// <summary>Of these, those that somebody forced.</summary>
    public required int Forced { get; init; }

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

/// <summary>
/// What has ended in one environment, and what follows from the order it came in: a change has failed also where the next thing that
/// ended there was a rollback that held, and an environment is restored by the next deployment that holds.
/// </summary>
internal sealed class EnvironmentOutcomes
{
    private readonly List<(Finished Row, bool IsBad)> _ended;
    private readonly List<Outage> _outages = [];

    public EnvironmentOutcomes(IEnumerable<Finished> ended)
    {
        var rows = ended.OrderBy(row => row.At).ThenBy(row => row.Id).ToList();
        _ended = [.. rows.Select((row, index) => (row, row.HasFailed || (index + 1 < rows.Count && rows[index + 1] is { IsRollback: true, HasFailed: false })))];
        FindOutages();
    }

    /// <summary>The four keys over some environments, for what happened within the window.</summary>
    public static DeliveryKeys KeysOf(IReadOnlyCollection<EnvironmentOutcomes> environments, MetricsWindow window)
    {
        var changes = environments.SelectMany(environment => environment._ended).Where(entry => !entry.Row.IsRollback && window.Contains(entry.Row.At)).ToList();
        var reached = changes.Where(entry => !entry.Row.HasFailed).Select(entry => entry.Row).ToList();
        var firsts = reached.Where(row => row.IsFirst).ToList();
        var leadTimes = firsts.Where(row => row.CommittedAt <= row.At).Select(row => row.At - row.CommittedAt!.Value).ToList();
        var outages = environments.SelectMany(environment => environment._outages).ToList();
        var restored = outages.Where(outage => outage.Until is { } until && window.Contains(until)).Select(outage => outage.Until!.Value - outage.From).ToList();
        return new DeliveryKeys
        {
            Days = window.Days,
            Deployments = reached.Count,
            Forced = reached.Count(row => row.IsForced),
            LeadTime = Median.Of(leadTimes),
            LeadTimesKnown = leadTimes.Count,
            LeadTimesUnknown = firsts.Count - leadTimes.Count,
            Changes = changes.Count,
            Failed = changes.Count(entry => entry.IsBad),
            TimeToRestore = Median.Of(restored),
            Restored = restored.Count,
            StillBroken = outages.Count(outage => outage.From < window.To && !(outage.Until < window.To)),
        };
    }

    private void FindOutages()
    {
        DateTimeOffset? since = null;
        foreach (var (row, isBad) in _ended)
        {
            if (isBad)
            {
                since ??= row.At;
            }
            else if (since is { } from)
            {
                _outages.Add(new Outage(from, row.At));
                since = null;
            }
        }

        if (since is { } open)
        {
            _outages.Add(new Outage(open, Until: null));
        }
    }
}

/// <summary>An environment in which something had failed, until the next deployment there held.</summary>
/// <param name="Until">Null while it lasts.</param>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset? Until);

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
