using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Surfaces.Slack.Grammar;

/// <summary>The text of a command as the person typed it: Slack escapes three characters, and its apps turn quotes.</summary>
internal static class SlackText
{
    public static string Plain(string text) => StorableText.Of(text)
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal)
        .Replace('\u201C', '"')
        .Replace('\u201D', '"')
        .Replace('\u00A0', ' ')
        .Trim();
}
