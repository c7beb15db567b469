using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks.IdleEvents;

/// <summary>Lays out what events cost that nothing waits for.</summary>
internal sealed class IdleEventsTable(IReadOnlyList<IdleMeasurement> measured, BenchmarkOptions options)
{
    private const int PerSecondToReach = 5_000;

    public FigureTable Build() => new(
        $"idle-events: {options.Events} events that nothing waits for, {options.Connections} connections",
        [.. measured.Select(each => each.Title)],
        [
            Row("events/s", each => Figure.Of(each.Load.PerSecond).Goal(each.Load.PerSecond >= PerSecondToReach), "≥ 5 000", "181"),
            Row("acknowledged p50, ms", each => Figure.Milliseconds(each.Load.Times.P50)),
            Row("acknowledged p95, ms", each => Figure.Milliseconds(each.Load.Times.P95)),
            Row("acknowledged p99, ms", each => Figure.Milliseconds(each.Load.Times.P99)),
            Row("GitHub calls", each => Figure.Of(each.GitHubCalls).Goal(each.GitHubCalls == 0), "0"),
            Row("own CPU, ms an event", each => AnEvent(each.Processor)),
            Row("CPU of the load, ms an event", each => AnEvent(each.OwnProcessor)),
        ],
        [
            $"After a warm-up of {options.Events / 4} events; {options.Repositories} wishes wait for other commits meanwhile, and one is woken at the end.",
        ]);

    private Figure AnEvent(TimeSpan processor) => Figure.Of(processor.TotalMilliseconds / options.Events, 3);

    private FigureRow Row(string measure, Func<IdleMeasurement, Figure> figure, string toReach = "", string nodeApp = "") =>
        new(measure, [.. measured.Select(figure)], toReach, nodeApp);
}
