using System.Runtime.CompilerServices;
using System.Text;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>
/// Text in Slack's markup (<see href="https://docs.slack.dev/messaging/formatting-message-text"/>). It comes from an interpolated text
/// of ours, whose holes become code: whatever somebody has called a branch, it is neither a mention nor bold.
/// </summary>
internal readonly record struct Mrkdwn(string Markup)
{
    private const int LongestName = 120;

    public static Mrkdwn Of(MrkdwnHandler text) => new(text.Markup);

    /// <summary>A name, set as code.</summary>
    public static Mrkdwn Code(string? text)
    {
        var line = PlainLine.Of(text ?? "", LongestName).Replace('`', '\u02CB');
        return new Mrkdwn(line.Length == 0 ? "–" : $"`{Escape(line)}`");
    }

    /// <summary>The same as markup, for words of ours into which it is filled.</summary>
    public static string Coded(string text) => Code(text).Markup;

    /// <summary>A link whose text is ours.</summary>
    public static Mrkdwn Link(Uri address, string text) =>
        new($"<{Escape(address.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal)}|{Escape(text)}>");

    /// <summary>The three characters by which Slack finds links, mentions and commands such as <c>&lt;!channel&gt;</c>.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    public override string ToString() => Markup;
}

/// <summary>Lets what we write pass as markup, and sets everything that is filled in as code.</summary>
[InterpolatedStringHandler]
internal readonly struct MrkdwnHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public string Markup => _text.ToString();

    public void AppendLiteral(string ours) => _text.Append(ours);

    public void AppendFormatted(Mrkdwn markup) => _text.Append(markup.Markup);

    public void AppendFormatted<T>(T name) => _text.Append(Mrkdwn.Code(name?.ToString()).Markup);
}
