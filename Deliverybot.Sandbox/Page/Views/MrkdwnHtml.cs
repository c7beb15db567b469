using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>Slack's markup as HTML, mentions included: what an app forgets to escape is seen here as it would be there.</summary>
internal static partial class MrkdwnHtml
{
    private static readonly Dictionary<string, string> Emoji = new()
    {
        ["rocket"] = "🚀",
        ["white_check_mark"] = "✅",
        ["x"] = "❌",
        ["no_entry"] = "⛔",
        ["rewind"] = "⏪",
        ["lock"] = "🔒",
        ["unlock"] = "🔓",
        ["link"] = "🔗",
        ["hourglass"] = "⌛",
        ["hourglass_flowing_sand"] = "⏳",
        ["grey_question"] = "❔",
        ["warning"] = "⚠️",
        ["cloud"] = "☁️",
        ["wave"] = "👋",
        ["pushpin"] = "📌",
        ["arrow_double_up"] = "⏫",
        ["heavy_minus_sign"] = "➖",
        ["zap"] = "⚡",
        ["boom"] = "💥",
        ["snail"] = "🐌",
    };

    public static MarkupString Of(string type, string text) => new(type == "plain_text" ? Plain(text) : Markup(text));

    private static string Markup(string text)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match token in Token.Matches(text))
        {
            html.Append(Plain(text[at..token.Index])).Append(Of(token.Value));
            at = token.Index + token.Length;
        }

        return html.Append(Plain(text[at..])).ToString();
    }

    private static string Of(string token) => token[0] switch
    {
        '`' => $"<code>{Plain(token[1..^1])}</code>",
        '*' => $"<strong>{Markup(token[1..^1])}</strong>",
        '_' => $"<em>{Markup(token[1..^1])}</em>",
        '~' => $"<s>{Markup(token[1..^1])}</s>",
        ':' => Emoji.TryGetValue(token[1..^1], out var picture) ? picture : Plain(token),
        _ => Pointed(token[1..^1]),
    };

    /// <summary>https://docs.slack.dev/messaging/formatting-message-text#advanced</summary>
    private static string Pointed(string inside) => inside[0] switch
    {
        '!' when inside.StartsWith("!date^", StringComparison.Ordinal) => Plain(inside.Split('|')[^1]),
        '!' or '@' or '#' => $"<mark>@{Plain(inside[1..])}</mark>",
        _ => inside.Split('|', 2) is [var address, var label]
            ? $"<a href=\"{Plain(address)}\">{Plain(label)}</a>"
            : $"<a href=\"{Plain(inside)}\">{Plain(inside)}</a>",
    };

    private static string Plain(string text) => WebUtility.HtmlEncode(WebUtility.HtmlDecode(text)).Replace("\n", "<br>", StringComparison.Ordinal);

    [GeneratedRegex(@"`[^`\n]+`|<[^<>]+>|\*[^*\n]+\*|(?<!\w)_[^_\n]+_(?!\w)|~[^~\n]+~|:[a-z_]+:")]
    private static partial Regex Token { get; }
}
