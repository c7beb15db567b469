using System.Text;
using System.Text.RegularExpressions;

namespace Deliverybot.Jobs.Markup;

/// <summary>
/// Puts what others wrote (names, reasons, descriptions, links) into a comment so that it stays text. GitHub looks for mentions,
/// numbers of issues, commits and addresses in the text that Markdown leaves, so that a backslash doesn't stop those: an invisible
/// character does (<see href="https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls"/>).
/// </summary>
internal static partial class GitHubMarkdown
{
    /// <summary>Enough for a sentence; nobody needs more in a comment.</summary>
    private const int LongestText = 400;

    private const int LongestName = 120;
    private const int LongestUrl = 2000;

    /// <summary>A zero width space.</summary>
    private const string Break = "&#8203;";

    private const string Nothing = "–";

    /// <summary>A sentence, on one line. What looks like a commit is set as code, so that GitHub makes no link of it.</summary>
    public static string Plain(string? text)
    {
        var line = PlainLine.Of(text ?? "", LongestText);
        var markdown = new StringBuilder(line.Length * 2);
        var at = 0;
        foreach (Match commit in Commit.Matches(line))
        {
            Escape(markdown, line, at, commit.Index);
            markdown.Append('`').Append(commit.ValueSpan).Append('`');
            at = commit.Index + commit.Length;
        }

        Escape(markdown, line, at, line.Length);
        return markdown.Length == 0 ? Nothing : markdown.ToString();
    }

    /// <summary>A name, set as code: nothing in it means anything.</summary>
    /// <param name="inTable">In a table a bar has to be escaped in code, too.</param>
    public static string Code(string? text, bool inTable = false)
    {
        var line = PlainLine.Of(text ?? "", LongestName);
        if (line.Length == 0)
        {
            return Nothing;
        }

        var longest = Backticks.Matches(line).Select(run => run.Length).DefaultIfEmpty().Max();
        var fence = new string('`', longest + 1);
        var space = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        var code = inTable ? line.Replace("|", "\\|", StringComparison.Ordinal) : line;
        return $"{fence}{space}{code}{space}{fence}";
    }

    /// <summary>A link whose text is ours; only the text where the address isn't one of the web.</summary>
    /// <param name="markdown">The text, as Markdown.</param>
    /// <param name="url">Where it is to lead.</param>
    public static string? Link(string markdown, string? url) => AddressOf(url) is { } address ? $"[{markdown}]({address})" : null;

    /// <returns>Null unless it is an address of the web that can be shown as it is.</returns>
    private static string? AddressOf(string? url)
    {
        if (url is null or { Length: > LongestUrl }
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri is not { UserInfo: "", IdnHost.Length: > 0 })
        {
            return null;
        }

        var address = new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
        return string.Concat(address.Select(Encoded));
    }

    private static string Encoded(char character) => character switch
    {
        '&' => "&amp;",
        '(' or ')' or '<' or '>' or '[' or ']' or '|' or '\\' or '`' or '"' or '\'' or '*' or '_' or '~' or '{' or '}' or '^' or <= ' ' => Uri.HexEscape(character),
        > '~' => Uri.EscapeDataString(char.IsSurrogate(character) ? "\uFFFD" : character.ToString()),
        _ => character.ToString(),
    };

    private static void Escape(StringBuilder markdown, string line, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            Escape(markdown, line, at);
        }
    }

    private static void Escape(StringBuilder markdown, string line, int at)
    {
        var character = line[at];
        switch (character)
        {
            case '&':
                markdown.Append("&amp;");
                break;
            case '<':
                markdown.Append("&lt;");
                break;
            case '>':
                markdown.Append("&gt;");
                break;
            // Two of them make a formula: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
            case '$':
                markdown.Append("&#36;");
                break;
            // Not a backslash: what looks like a commit, and is set as code, may follow.
            case '`':
                markdown.Append("&#96;");
                break;
            case '@':
                markdown.Append('@').Append(Break);
                break;
            case '#':
                markdown.Append("\\#").Append(Break);
                break;
            // Addresses, and the short names of emoji.
            case ':' when at + 1 < line.Length && line[at + 1] != ' ' && !IsTime(line, at):
                markdown.Append(':').Append(Break);
                break;
            case '.' when EndsWith(line, at, "www"):
                markdown.Append(Break).Append('.');
                break;
            // GH-1 is a number of an issue.
            case '-' when EndsWith(line, at, "gh"):
                markdown.Append(Break).Append('-');
                break;
            // A list, or the underlining of a heading.
            case '-' or '+' or '=' when at == 0:
            case '.' or ')' when at > 0 && line.AsSpan(0, at).IndexOfAnyExceptInRange('0', '9') < 0:
            case '\\' or '*' or '_' or '[' or ']' or '|' or '~' or '!' or '^' or '{' or '}':
                markdown.Append('\\').Append(character);
                break;
            default:
                markdown.Append(character);
                break;
        }
    }

    private static bool IsTime(string line, int at) => at > 0 && char.IsAsciiDigit(line[at - 1]) && char.IsAsciiDigit(line[at + 1]);

    private static bool EndsWith(string line, int at, string word) => line.AsSpan(0, at).EndsWith(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9a-fA-F]{7,64}(?![0-9A-Za-z])")]
    private static partial Regex Commit { get; }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks { get; }
}
