using System.Globalization;
using System.Text;

namespace Deliverybot.Jobs.Markup;

/// <summary>Text that somebody else wrote, as one line without anything that isn't seen: no line breaks, no controls, no marks that turn the direction of writing.</summary>
internal static class PlainLine
{
    private const char Joiner = '\u200D';
    private const char NonJoiner = '\u200C';

    /// <param name="text">Whatever it holds.</param>
    /// <param name="most">So many characters, as a reader counts them, are kept.</param>
    public static string Of(string text, int most)
    {
        // Nobody reads more than a few of them: what is far beyond needn't be looked at.
        var head = text.Length > most * 16 ? text[..(most * 16)] : text;
        var line = new StringBuilder(head.Length);
        foreach (var rune in head.EnumerateRunes())
        {
            Append(line, rune);
        }

        var whole = line.ToString().Trim();
        var elements = StringInfo.ParseCombiningCharacters(whole);
        return elements.Length <= most && head.Length == text.Length ? whole : string.Concat(whole.AsSpan(0, elements.Length <= most ? whole.Length : elements[most - 1]), "…");
    }

    private static void Append(StringBuilder line, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator:
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }

                break;
            // Joiners make one picture of several emoji, and are part of some scripts.
            case UnicodeCategory.Format when rune.Value is not (Joiner or NonJoiner):
                break;
            default:
                line.Append(rune.ToString());
                break;
        }
    }
}
