using System.Globalization;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>Which part of the board is asked for, as the address says it.</summary>
/// <param name="Number">The page, from 1.</param>
/// <param name="Find">Part of the names to show; empty for all.</param>
internal sealed record BoardQuery(int Number, string Find)
{
    public const int First = 1;

    /// <summary>Longer than the name of any environment.</summary>
    private const int Longest = 255;

    /// <summary>The parts of the address that say all this.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Parts =>
    [
        new("find", Find.Length == 0 ? null : Find),
        new("number", Number == First ? null : Number.ToString(CultureInfo.InvariantCulture)),
    ];

    public static BoardQuery Of(int number, string? find) => new(
        Math.Max(number, First),
        find?.Trim() is { Length: > 0 and <= Longest } text ? text : "");
}

/// <summary>The part of a board that one page shows: what GitHub is asked and how long the page is depends on that alone.</summary>
/// <param name="Query">What was asked for; its page is one that there is.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Rows">Those that are shown, in the order of the board.</param>
internal sealed record BoardWindow(BoardQuery Query, int Pages, IReadOnlyList<EnvironmentRow> Rows)
{
    private const int Size = 30;

    /// <param name="rows">The whole board: the pipeline first, previews last.</param>
    public static BoardWindow Of(IReadOnlyList<EnvironmentRow> rows, BoardQuery query)
    {
        var found = query.Find.Length == 0
            ? rows
            : [.. rows.Where(row => row.Environment.Value.Contains(query.Find, StringComparison.OrdinalIgnoreCase))];
        var pages = Math.Max(1, (found.Count + Size - 1) / Size);
        var number = Math.Min(query.Number, pages);
        return new BoardWindow(query with { Number = number }, pages, [.. found.Skip((number - 1) * Size).Take(Size)]);
    }
}
