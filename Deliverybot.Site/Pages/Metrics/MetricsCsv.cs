using System.Globalization;
using System.Text;
using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures for a spreadsheet (RFC 4180): a line for each environment and day, or few days.</summary>
internal static class MetricsCsv
{
    private static readonly string[] Heads =
    [
        "environment", "from", "to", "deployments", "lead_time_median_seconds", "lead_times", "lead_times_unknown",
        "changes", "failed", "restored", "time_to_restore_median_seconds", "still_broken",
    ];

    public static string Of(MetricsView view)
    {
        var csv = new StringBuilder();
        Line(csv, Heads);
        foreach (var environment in view.Environments)
        {
            foreach (var point in environment.Points)
            {
                Line(csv, [environment.Environment.Value, Instant(point.Window.From), Instant(point.Window.To), .. FiguresOf(point.Keys)]);
            }
        }

        return csv.ToString();
    }

    private static string[] FiguresOf(DeliveryKeys keys) =>
    [
        Number(keys.Deployments), Seconds(keys.LeadTime), Number(keys.LeadTimesKnown), Number(keys.LeadTimesUnknown),
        Number(keys.Changes), Number(keys.Failed), Number(keys.Restored), Seconds(keys.TimeToRestore), Number(keys.StillBroken),
    ];

    private static void Line(StringBuilder csv, IReadOnlyList<string> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    /// <summary>Text that a spreadsheet would take for a formula begins with an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection).</summary>
    private static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n'") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan? span) => span is { } known ? Math.Round(known.TotalSeconds).ToString("0", CultureInfo.InvariantCulture) : "";

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
