using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>Reckons a repository's figures from one query.</summary>
internal sealed class MetricsReader(FinishedQuery finished, Standings standings, TimeProvider time)
{
    public async Task<MetricsView> ReadAsync(RepositoryId repository, MetricsFilter filter, CancellationToken cancellationToken)
    {
        var window = MetricsWindow.Last(filter.DayCount, time.GetUtcNow());
        var both = new MetricsWindow(window.Before.From, window.To);
        var rows = await finished.ReadAsync(repository, both, filter.EnvironmentName, filter.WithPreviews, cancellationToken);
        var order = EnvironmentOrder.Of(targets: null, await standings.ReadAsync(repository, only: null, cancellationToken));
        var environments = rows
            .GroupBy(row => row.Environment)
            .OrderBy(group => group.Key, order)
            .Select(group => (Name: group.MaxBy(row => row.At)!.Environment, Record: new EnvironmentOutcomes(group)))
            .ToList();
        var parts = window.Parts(filter.PointDays).ToList();
        return new MetricsView(
            window,
            PairOf([.. environments.Select(environment => environment.Record)], window),
            [
                .. environments.Select(environment => new EnvironmentKeys(
                    environment.Name, PairOf([environment.Record], window), PointsOf([environment.Record], parts))),
            ],
            PointsOf([.. environments.Select(environment => environment.Record)], parts));
    }

    private static KeysPair PairOf(IReadOnlyCollection<EnvironmentOutcomes> records, MetricsWindow window) =>
        new(EnvironmentOutcomes.KeysOf(records, window), EnvironmentOutcomes.KeysOf(records, window.Before));

    private static IReadOnlyList<MetricsPoint> PointsOf(IReadOnlyCollection<EnvironmentOutcomes> records, IReadOnlyList<MetricsWindow> parts) =>
        [.. parts.Select(part => new MetricsPoint(part, EnvironmentOutcomes.KeysOf(records, part)))];
}
