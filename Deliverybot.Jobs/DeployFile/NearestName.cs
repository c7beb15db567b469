using FuzzySharp;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 64;

    /// <summary>The end of a sentence about an unknown name: the nearest known one, or what is known at all.</summary>
    public static string Hint(string unknown, IReadOnlyCollection<string> known) =>
        Find(unknown, known) is { } nearest ? $": did you mean {Shown.Short(nearest)}?" : List(known);

    private static string? Find(string unknown, IReadOnlyCollection<string> known)
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
        return nearest.distance <= Math.Max(1, unknown.Length / 3) ? nearest.name : null;
    }

    private static string List(IReadOnlyCollection<string> known) => known.Count switch
    {
        0 or > 20 => "",
        _ => $": there are {string.Join(", ", known.Select(Shown.Short))}",
    };
}
