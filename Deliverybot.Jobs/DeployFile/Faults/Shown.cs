using FuzzySharp;

namespace Deliverybot.Jobs.DeployFile.Faults;

/// <summary>Text from the file as error messages quote it: never longer than a line.</summary>
internal static class Shown
{
    private const int Most = 60;

    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Most)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 64;

    /// <summary>The end of a sentence about an unknown name: the nearest known one, or what is known at all.</summary>
    public static string Hint(string unknown, IReadOnlyCollection<string> known) =>
        Find(unknown, known) is { } nearest ? $": did you mean {Shown.Short(nearest)}?" : List(known);

    /// <summary>The same where what is known is listed in any case: a full stop where nothing is near.</summary>
    public static string Guess(string unknown, IReadOnlyCollection<string> known) =>
        Find(unknown, known) is { } nearest ? $": did you mean {Shown.Short(nearest)}?" : ".";

    /// <returns>Null where none is near.</returns>
    public static string? Find(string unknown, IReadOnlyCollection<string> known)
    {
        if (unknown.Length > LongestGuessed)
        {
            return null;
        }

        var nearest = known
            .Where(name => name.Length <= LongestGuessed)
            .Select(name => (name, distance: Levenshtein.EditDistance(unknown.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty((name: "", distance: int.MaxValue))
            .MinBy(candidate => candidate.distance);

        // Two letters that change places count as two.
        return nearest.distance <= Math.Max(unknown.Length < 5 ? 1 : 2, unknown.Length / 3) ? nearest.name : null;
    }

    private static string List(IReadOnlyCollection<string> known) => known.Count switch
    {
        0 or > 20 => "",
        1 => $": there is {Shown.Short(known.First())}",
        _ => $": there are {string.Join(", ", known.Select(Shown.Short))}",
    };
}
