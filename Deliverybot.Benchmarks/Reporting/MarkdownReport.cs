using System.Text;

namespace Deliverybot.Benchmarks.Reporting;

/// <summary>The tables as Markdown, for docs/performance.md.</summary>
internal static class MarkdownReport
{
    public static string Of(IReadOnlyList<ScenarioReport> reports)
    {
        var text = new StringBuilder();
        foreach (var table in reports.Select(report => report.Table))
        {
            text.Append("### ").Append(table.Title).Append("\n\n");
            Row(text, ["", .. table.Columns, "to reach", "Node app"]);
            Row(text, ["---", .. table.Columns.Select(_ => "---:"), "---", "---"]);
            foreach (var row in table.Rows)
            {
                Row(text, [row.Measure, .. row.Figures.Select(Cell), row.ToReach, row.NodeApp]);
            }

            text.Append('\n');
            foreach (var note in table.Notes)
            {
                text.Append("- ").Append(note).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(Figure figure) => figure.Reached switch
    {
        true => $"**{figure.Text}**",
        false => $"{figure.Text} ✗",
        null => figure.Text,
    };

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
