using Deliverybot.Jobs.DeployFile.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>Puts what YamlDotNet complains about into words for the file's author.</summary>
internal static class YamlFault
{
    public static YamlPosition Position(YamlException fault, string text) =>
        TabBefore(fault, text) ?? YamlPosition.Of(fault.Start);

    public static string Message(YamlException fault, string text) => fault switch
    {
        _ when TabBefore(fault, text) is not null => "is indented with a tab, which YAML doesn't allow: use spaces",
        SemanticErrorException { Message: var ours } when char.IsLower(ours, 0) => ours,
        _ => $"is no YAML: {char.ToLowerInvariant(fault.Message[0])}{fault.Message[1..].TrimEnd('.')}",
    };

    /// <summary>
    /// Where a line from the faulty one on is indented with a tab, that is the reason: the scanner names the line before it, or
    /// something else that it stumbled over because of the tab.
    /// </summary>
    private static YamlPosition? TabBefore(YamlException fault, string text)
    {
        var last = fault.Message.Contains(" tab ", StringComparison.Ordinal) ? long.MaxValue : fault.Start.Line;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var tab = line.IndexOf('\t');
            if (number >= fault.Start.Line && number <= last && tab >= 0 && line[..tab].IsWhiteSpace())
            {
                return new YamlPosition(number, tab + 1);
            }
        }

        return null;
    }
}

/// <summary>
/// YamlDotNet's parser. On some broken input its scanner throws exceptions of other kinds than its own
/// (for example <see cref="InvalidOperationException"/> for <c>[a</c>, line break, <c>b: {}</c>); they become syntax errors here.
/// </summary>
internal sealed class SteadyParser(string text) : IParser
{
    private readonly Parser inner = new(new StringReader(text));

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        var (start, end) = (Current?.Start ?? Mark.Empty, Current?.End ?? Mark.Empty);
        try
        {
            return inner.MoveNext();
        }
        catch (Exception fault) when (fault is not YamlException)
        {
            throw new SyntaxErrorException(start, end, "what follows can't be read: a bracket, brace or quote may be missing");
        }
    }
}

/// <summary>
/// Escapes such as <c>"\0"</c> can write what neither JSON in PostgreSQL
/// (<see href="https://www.postgresql.org/docs/current/datatype-json.html"/>) nor UTF-8 can hold.
/// </summary>
internal static class UnstorableText
{
    public static bool IsIn(string text)
    {
        var rest = text.AsSpan();
        if (rest.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return rest.Contains('\0');
        }

        while (rest.Length > 0)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out var rune, out var read) != System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                return true;
            }

            rest = rest[read..];
        }

        return false;
    }
}
