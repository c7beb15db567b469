namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>The first line of a commit message. It can be of any length; a page has room for this much.</summary>
internal static class Headline
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
