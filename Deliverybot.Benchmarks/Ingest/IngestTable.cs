using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks.Ingest;

/// <summary>Lays out how fast events become durable, beside what PostgreSQL itself can do.</summary>
internal sealed class IngestTable(
    IReadOnlyList<IngestMeasurement> measured, BenchmarkOptions options, int bodyLength, string postgreSql)
{
    private const int PerSecondToReach = 5_000;
    private static readonly TimeSpan P99ToReach = TimeSpan.FromMilliseconds(10);

    public FigureTable Build() => new(
        $"ingest: {options.Events} events stored before they are acknowledged",
        [.. measured.Select(each => each.Title)],
        [
            Row("acknowledgements or commits/s", each => Goal(each, Figure.Of(each.Load.PerSecond), each.Load.PerSecond >= PerSecondToReach), "≥ 5 000"),
            Row("p50, ms", each => Figure.Milliseconds(each.Load.Times.P50)),
            Row("p95, ms", each => Figure.Milliseconds(each.Load.Times.P95)),
            Row("p99, ms", each => Goal(each, Figure.Milliseconds(each.Load.Times.P99), each.Load.Times.P99 <= P99ToReach), "≤ 10"),
            Row("own CPU, ms an event", each => each.Processor is { } took ? Figure.Of(took.TotalMilliseconds / options.Events, 3) : Figure.None),
        ],
        [
            $"{postgreSql}. Bodies of {bodyLength} bytes; after a warm-up of {options.Events / 4} events.",
            "The events are pushes to branches that no target names. With the worker role they are worked off at the same time, on the same cores.",
        ]);

    private static Figure Goal(IngestMeasurement of, Figure figure, bool reached) => of.HasGoal ? figure.Goal(reached) : figure;

    private FigureRow Row(string measure, Func<IngestMeasurement, Figure> figure, string toReach = "") =>
        new(measure, [.. measured.Select(figure)], toReach);
}
