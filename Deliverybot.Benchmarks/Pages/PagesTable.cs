using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>Lays out what pages take.</summary>
internal sealed class PagesTable(IReadOnlyList<PageMeasurement> measured, string title, string note)
{
    public FigureTable Build() => new(
        title,
        [.. measured.Select(each => each.Page.Name)],
        [
            Row("p50, ms", each => Goal(Figure.Milliseconds(each.Times.P50), each), Goals),
            Row("p95, ms", each => Figure.Milliseconds(each.Times.P95)),
            Row("p99, ms", each => Figure.Milliseconds(each.Times.P99)),
            Row("own CPU, ms a page", each => Figure.Milliseconds(each.Processor)),
            Row("page, kB uncompressed", each => Figure.Of(each.Bytes / 1000.0)),
        ],
        [note]);

    private string Goals => string.Join(", ", measured
        .Where(each => each.Page.AtMost is not null)
        .Select(each => $"{each.Page.Name} < {each.Page.AtMost!.Value.TotalMilliseconds:0}"));

    private static Figure Goal(Figure figure, PageMeasurement each) =>
        each.Page.AtMost is { } most ? figure.Goal(each.Times.P50 < most) : figure;

    private FigureRow Row(string measure, Func<PageMeasurement, Figure> figure, string toReach = "") =>
        new(measure, [.. measured.Select(figure)], toReach);
}
