using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks.Push;

/// <summary>Lays out what the push scenario measured, beside what is to be reached.</summary>
internal sealed class PushTable(IReadOnlyList<PushMeasurement> measured, Startup startup, BenchmarkOptions options)
{
    private const int Cold = 0;
    private const long Megabyte = 1_000_000;

    public FigureTable Build() => new(
        $"push: deployments over {options.Repositories} repositories, {options.Connections} connections",
        [.. measured.Select(each => each.Run.Title)],
        [
            Row("acknowledgements/s", each => Figure.Of(each.Load.PerSecond)),
            Row("acknowledged p50, ms", each => Figure.Milliseconds(each.Load.Times.P50)),
            Row("acknowledged p95, ms", each => Figure.Milliseconds(each.Load.Times.P95)),
            Row("acknowledged p99, ms", each => Figure.Milliseconds(each.Load.Times.P99)),
            Row("deployments/s", Rate, "≥ 335 at 0 ms, ≥ 200 at 30 ms", "67, 41"),
            Row("push to GitHub p50, ms", Median, "≤ 90 at 20/s, 30 ms", "217"),
            Row("push to GitHub p95, ms", each => Figure.Milliseconds(each.ToGitHub.P95)),
            Row("push to GitHub p99, ms", each => Figure.Milliseconds(each.ToGitHub.P99)),
            Row("GitHub calls a push", each => Figure.Of((double)each.Calls.Total / each.Run.Pushes, 2), "2", "7"),
            Row("own CPU, ms a push", Processor, "≤ 3", "18.7"),
            Row("CPU of load and stand-in, ms a push", each => APush(each.OwnProcessor, each)),
            Row("peak memory so far, MB", each => Figure.Megabytes(each.PeakResident)),
            AtStart("idle memory, MB", Figure.Megabytes(startup.IdleResident).Goal(startup.IdleResident <= 150 * Megabyte), "≤ 150", "70"),
            AtStart("start to first acknowledgement, s", Figure.Seconds(startup.Again).Goal(startup.Again.TotalSeconds <= 2), "≤ 2", "0.3"),
            AtStart("the same on an empty database, s", Figure.Seconds(startup.OnEmptyDatabase)),
            AtStart("very first push to GitHub, ms", Figure.Milliseconds(startup.FirstDeployment)),
        ],
        [
            $"The first column is the warm-up, the first {options.WarmUp} pushes after the start; all columns are of the same process.",
            "In a burst, the time to GitHub includes the queue: the last push waits for all others.",
            .. measured.Select(each => $"GitHub calls, {each.Run.Title}: {each.Calls}."),
        ]);

    private Figure Rate(PushMeasurement of)
    {
        var figure = Figure.Of(of.DeploymentsPerSecond);
        return of.Run.PerSecond is not null || IsCold(of)
            ? figure
            : figure.Goal(of.DeploymentsPerSecond >= (of.Run.GitHubDelay == TimeSpan.Zero ? 335 : 200));
    }

    private static Figure Median(PushMeasurement of)
    {
        var figure = Figure.Milliseconds(of.ToGitHub.P50);
        return of.Run.PerSecond is null || of.Run.GitHubDelay == TimeSpan.Zero ? figure : figure.Goal(of.ToGitHub.P50.TotalMilliseconds <= 90);
    }

    private Figure Processor(PushMeasurement of)
    {
        var figure = APush(of.Processor, of);
        return IsCold(of) ? figure : figure.Goal(of.Processor.TotalMilliseconds / of.Run.Pushes <= 3);
    }

    private bool IsCold(PushMeasurement of) => ReferenceEquals(of, measured[Cold]);

    private static Figure APush(TimeSpan processor, PushMeasurement of) => Figure.Of(processor.TotalMilliseconds / of.Run.Pushes, 2);

    private FigureRow Row(string measure, Func<PushMeasurement, Figure> figure, string toReach = "", string nodeApp = "") =>
        new(measure, [.. measured.Select(figure)], toReach, nodeApp);

    private FigureRow AtStart(string measure, Figure figure, string toReach = "", string nodeApp = "") =>
        Row(measure, each => IsCold(each) ? figure : Figure.None, toReach, nodeApp);
}
