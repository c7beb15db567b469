using System.Text.Json;
using Deliverybot.Benchmarks.Pages;

namespace Deliverybot.Benchmarks.Lighthouse;

/// <summary>What Lighthouse says of a page.</summary>
/// <param name="Page">Which one.</param>
/// <param name="Categories">Scores of 100.</param>
/// <param name="Figures">What the score for performance is made of, as Lighthouse shows it.</param>
/// <param name="Lacking">The audits that cost points.</param>
internal sealed record PageScores(
    SitePage Page, IReadOnlyDictionary<string, int> Categories, IReadOnlyDictionary<string, string> Figures, IReadOnlyList<string> Lacking)
{
    public static IReadOnlyList<string> CategoryNames { get; } = ["performance", "accessibility", "best-practices"];

    public static IReadOnlyList<string> FigureNames { get; } =
        ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];

    public static PageScores Read(SitePage page, JsonElement report)
    {
        if (report.TryGetProperty("runtimeError", out var broken))
        {
            throw new BenchmarkFailedException($"Lighthouse couldn't look at {page.Name}: {broken.GetProperty("message")}");
        }

        var audits = report.GetProperty("audits");
        var categories = CategoryNames.ToDictionary(name => name, name => report.GetProperty("categories").GetProperty(name));
        return new PageScores(
            page,
            categories.ToDictionary(each => each.Key, each => (int)Math.Round(each.Value.GetProperty("score").GetDouble() * 100)),
            FigureNames.ToDictionary(name => name, name => audits.GetProperty(name).GetProperty("displayValue").GetString()!),
            [.. categories.Values.SelectMany(category => Lackings(category, audits))]);
    }

    /// <summary>The run in the middle, by performance: the other categories hardly differ.</summary>
    public static PageScores Middle(IReadOnlyCollection<PageScores> runs) =>
        runs.OrderBy(run => run.Categories[CategoryNames[0]]).ElementAt(runs.Count / 2);

    private static IEnumerable<string> Lackings(JsonElement category, JsonElement audits) =>
        from reference in category.GetProperty("auditRefs").EnumerateArray()
        where reference.GetProperty("weight").GetDouble() > 0
        let audit = audits.GetProperty(reference.GetProperty("id").GetString()!)
        where audit.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() < 0.9
        select $"{audit.GetProperty("title").GetString()} ({audit.GetProperty("id").GetString()}{(audit.TryGetProperty("displayValue", out var value) ? $", {value.GetString()}" : "")})";
}
