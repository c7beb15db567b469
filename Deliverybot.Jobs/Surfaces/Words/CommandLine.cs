using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>The line of a comment that may be a command: its first one, unless it is a quotation, code or anything else that doesn't begin with a slash.</summary>
/// <param name="Word">What follows the slash, up to the next blank.</param>
/// <param name="Rest">Everything after that, with the blank.</param>
internal readonly record struct CommandLine(string Word, string Rest)
{
    /// <summary>So many blanks make a line code: https://spec.commonmark.org/0.31.2/#indented-code-blocks.</summary>
    private const int CodeIndent = 4;

    public static CommandLine? Of(string? comment)
    {
        using var lines = new StringReader(StorableText.Of(comment ?? ""));
        var line = lines.ReadLine();
        while (line is not null && string.IsNullOrWhiteSpace(line))
        {
            line = lines.ReadLine();
        }

        return line is null || IsIndentedCode(line) || line.TrimStart() is not ['/', .. var text] ? null : Split(text.TrimEnd());
    }

    private static CommandLine? Split(string text)
    {
        var word = new string([.. text.TakeWhile(character => !char.IsWhiteSpace(character))]);
        return word.Length == 0 ? null : new CommandLine(word, text[word.Length..]);
    }

    private static bool IsIndentedCode(string line) =>
        line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length) is var indent && (indent.Contains('\t') || indent.Length >= CodeIndent);
}
