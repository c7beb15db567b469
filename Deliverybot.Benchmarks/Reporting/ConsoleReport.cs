using Spectre.Console;

namespace Deliverybot.Benchmarks.Reporting;

/// <summary>Shows progress and tables on the console.</summary>
internal sealed class ConsoleReport
{
    private const int WidthWithoutTerminal = 200;
    private readonly IAnsiConsole console = AnsiConsole.Console;

    public ConsoleReport()
    {
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }
    }

    public void Progress(string message) => console.MarkupLineInterpolated($"[grey]{message}[/]");

    public void Fault(string message) => console.MarkupLineInterpolated($"[red]{message}[/]");

    public void Show(ScenarioReport report)
    {
        var table = new Table().Title(report.Table.Title.EscapeMarkup()).Border(TableBorder.Rounded);
        table.AddColumn("");
        foreach (var column in report.Table.Columns)
        {
            table.AddColumn(new TableColumn(column.EscapeMarkup()).RightAligned());
        }

        table.AddColumn("to reach").AddColumn("Node app");
        foreach (var row in report.Table.Rows)
        {
            table.AddRow([row.Measure.EscapeMarkup(), .. row.Figures.Select(Cell), row.ToReach.EscapeMarkup(), row.NodeApp.EscapeMarkup()]);
        }

        console.Write(table);
        foreach (var note in report.Table.Notes)
        {
            console.MarkupLineInterpolated($"{note}");
        }

        foreach (var fault in report.Faults)
        {
            Fault(fault);
        }
    }

    private static string Cell(Figure figure) => figure.Reached switch
    {
        true => $"[green]{figure.Text.EscapeMarkup()}[/]",
        false => $"[red]{figure.Text.EscapeMarkup()} ✗[/]",
        null => figure.Text.EscapeMarkup(),
    };
}
