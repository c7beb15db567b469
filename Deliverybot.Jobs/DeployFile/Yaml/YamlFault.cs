using YamlDotNet.Core;

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
