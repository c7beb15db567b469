using System.Globalization;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>GitHub takes 140 characters of description, and counts code points.</summary>
internal static class DescriptionLength
{
    private const int Most = 140;

    /// <summary>As many whole characters, as a reader sees them, as GitHub takes.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Most)
        {
            return text;
        }

        var taken = 0;
        var codePoints = 0;
        while (taken < text.Length)
        {
            var next = text.AsSpan(taken, StringInfo.GetNextTextElementLength(text.AsSpan(taken)));
            codePoints += CodePointsOf(next);
            if (codePoints > Most)
            {
                break;
            }

            taken += next.Length;
        }

        return text[..taken];
    }

    private static int CodePointsOf(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
