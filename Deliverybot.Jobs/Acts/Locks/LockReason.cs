using System.Globalization;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>Why somebody locks, in one line.</summary>
internal static class LockReason
{
    public const int Longest = 200;

    /// <summary>One line without white space around it; empty where nothing was said.</summary>
    public static string Read(string? text) =>
        string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <returns>The sentence what is wrong; null if nothing is.</returns>
    public static string? FaultOf(string reason)
    {
        if (reason.Any(char.IsControl))
        {
            return "The reason has characters in it that can't be shown.";
        }

        var length = new StringInfo(reason).LengthInTextElements;
        return length <= Longest && reason.Length <= Longest * 4
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The reason has {length} characters. Say it in {Longest}.");
    }
}
