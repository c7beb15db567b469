using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks.Lighthouse;

/// <summary>Lays out the scores.</summary>
internal static class LighthouseTable
{
    private const int AtLeast = 95;

    public static FigureTable Of(IReadOnlyList<PageScores> scores, string version, int runs) => new(
        "lighthouse: scores of 100, signed in",
        [.. scores.Select(each => each.Page.Name)],
        [
            .. PageScores.CategoryNames.Select(name => new FigureRow(Words(name), [.. scores.Select(each => Score(each.Categories[name]))], $"≥ {AtLeast}")),
            .. PageScores.FigureNames.Select(name => new FigureRow(Words(name), [.. scores.Select(each => new Figure(each.Figures[name]))])),
        ],
        [$"Lighthouse {version}, as on a phone: slow 4G, and a processor four times slower than this one. Of {runs} runs, the one in the middle."]);

    public static IEnumerable<string> Faults(PageScores scores) => scores.Categories
        .Where(category => category.Value < AtLeast)
        .Select(category => $"{scores.Page.Name}: {Words(category.Key)} {category.Value}, at least {AtLeast} is wanted. It lacks: {string.Join("; ", scores.Lacking)}");

    private static Figure Score(int score) => Figure.Of(score).Goal(score >= AtLeast);

    private static string Words(string name) => name.Replace('-', ' ');
}
