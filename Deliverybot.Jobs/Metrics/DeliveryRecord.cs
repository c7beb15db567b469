namespace Deliverybot.Jobs.Metrics;

/// <summary>
/// What has ended in one environment, and what follows from the order it came in: a change has failed also where the next thing that
/// ended there was a rollback that held, and an environment is restored by the next deployment that holds.
/// </summary>
internal sealed class DeliveryRecord
{
    private readonly List<(Finished Row, bool IsBad)> _ended;
    private readonly List<Outage> _outages = [];

    public DeliveryRecord(IEnumerable<Finished> ended)
    {
        var rows = ended.OrderBy(row => row.At).ThenBy(row => row.Id).ToList();
        _ended = [.. rows.Select((row, index) => (row, row.HasFailed || (index + 1 < rows.Count && rows[index + 1] is { IsRollback: true, HasFailed: false })))];
        FindOutages();
    }

    /// <summary>The four keys over some environments, for what happened within the window.</summary>
    public static DeliveryKeys KeysOf(IReadOnlyCollection<DeliveryRecord> environments, MetricsWindow window)
    {
        var changes = environments.SelectMany(record => record._ended).Where(entry => !entry.Row.IsRollback && window.Contains(entry.Row.At)).ToList();
        var reached = changes.Where(entry => !entry.Row.HasFailed).Select(entry => entry.Row).ToList();
        var firsts = reached.Where(row => row.IsFirst).ToList();
        var leadTimes = firsts.Where(row => row.CommittedAt <= row.At).Select(row => row.At - row.CommittedAt!.Value).ToList();
        var outages = environments.SelectMany(record => record._outages).ToList();
        var restored = outages.Where(outage => outage.Until is { } until && window.Contains(until)).Select(outage => outage.Until!.Value - outage.From).ToList();
        return new DeliveryKeys
        {
            Days = window.Days,
            Deployments = reached.Count,
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
