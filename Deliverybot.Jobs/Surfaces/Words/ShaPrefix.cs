using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>A commit as people name it: its sha, or the beginning of it.</summary>
internal readonly record struct ShaPrefix(string Value)
{
    private const int Shortest = 7;
    private const int Longest = 64;

    public static bool TryParse(string text, out ShaPrefix prefix)
    {
        var isOne = text.Length is >= Shortest and <= Longest && text.All(char.IsAsciiHexDigit);
        prefix = isOne ? new ShaPrefix(text.ToLowerInvariant()) : default;
        return isOne;
    }

    public bool Names(CommitSha sha) => sha.Value.StartsWith(Value, StringComparison.Ordinal);

    public override string ToString() => Value;
}
