using System.Text;

namespace Deliverybot.Jobs.Markup;

/// <summary>
/// What people wrote, without what neither UTF-8 nor PostgreSQL's <c>text</c> can hold: half a surrogate pair, and zero. JSON has an
/// escape for either. Each becomes <c>U+FFFD</c>, as in every browser.
/// </summary>
internal static class StorableText
{
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return storable.ToString();
    }
}
