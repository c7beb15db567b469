using System.Globalization;

namespace Deliverybot.Jobs.GitHub.Reading;

/// <summary>
/// JSON can write what is no text: the character 0, which PostgreSQL can't store, and half of a surrogate pair, which .NET can't read.
/// Both become the character that stands for such, as where bytes are no UTF-8.
/// </summary>
internal static class SoundText
{
    private const int Escape = 6;

    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <returns>The same array where there is nothing to replace.</returns>
    public static byte[] Of(byte[] json)
    {
        var sound = json;
        for (var at = NextEscape(json, 0); at >= 0; at = NextEscape(json, at))
        {
            if (CodeAt(json, at) is not { } code)
            {
                // An escape of two characters, of which the second may be a backslash.
                at += 2;
                continue;
            }

            if (char.IsHighSurrogate(code) && CodeAt(json, at + Escape) is { } low && char.IsLowSurrogate(low))
            {
                at += 2 * Escape;
                continue;
            }

            if (code == '\0' || char.IsSurrogate(code))
            {
                sound = ReferenceEquals(sound, json) ? [.. json] : sound;
                Replacement.CopyTo(sound.AsSpan(at));
            }

            at += Escape;
        }

        return sound;
    }

    private static int NextEscape(byte[] json, int from)
    {
        var found = from < json.Length ? json.AsSpan(from).IndexOf((byte)'\\') : -1;
        return found < 0 ? -1 : from + found;
    }

    private static char? CodeAt(byte[] json, int at) =>
        at + Escape <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
