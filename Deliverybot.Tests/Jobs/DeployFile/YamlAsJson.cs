using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Deliverybot.Tests.Jobs.DeployFile;

/// <summary>
/// What an editor holds against the schema: the file as JSON, by YAML's core schema. It shares nothing with the parser, so that the
/// two check each other. Nothing where the file is no YAML or has no JSON form.
/// </summary>
internal static partial class YamlAsJson
{
    private const int DeepestNesting = 50;

    public static bool TryConvert(string yaml, out JsonNode? json)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            json = stream.Documents.Count == 1 ? Convert(stream.Documents[0].RootNode, 0) : null;
            return stream.Documents.Count == 1;
        }
        catch (Exception fault) when (fault is YamlException or ArgumentException or InvalidCastException or InvalidOperationException or FormatException)
        {
            json = null;
            return false;
        }
    }

    private static JsonNode? Convert(YamlNode node, int depth) => node switch
    {
        _ when depth > DeepestNesting => throw new FormatException("The file contains itself."),
        YamlMappingNode map => Map(map, depth),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => Convert(item, depth + 1))]),
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: var text } => Plain(text!),
        YamlScalarNode scalar when scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal) => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"{node} has no JSON form."),
    };

    private static JsonObject Map(YamlMappingNode map, int depth)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map.Children.Select(child => (((YamlScalarNode)child.Key).Value!, child.Value)))
        {
            foreach (var (name, node) in key == "<<" ? Merged(value) : [(key, value)])
            {
                json[name] = key == "<<" && json.ContainsKey(name) ? json[name]?.DeepClone() : Convert(node, depth + 1);
            }
        }

        return json;
    }

    private static IEnumerable<(string Name, YamlNode Node)> Merged(YamlNode value) =>
        (value is YamlSequenceNode list ? list.Children : [value])
            .SelectMany(source => ((YamlMappingNode)source).Children)
            .Select(child => (((YamlScalarNode)child.Key).Value!, child.Value))
            .DistinctBy(child => child.Item1);

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        ".inf" or ".nan" => throw new FormatException($"{text} is no JSON number."),
        _ when text.StartsWith("0x", StringComparison.Ordinal) => JsonValue.Create(System.Convert.ToInt64(text[2..], 16)),
        _ when text.StartsWith("0o", StringComparison.Ordinal) => JsonValue.Create(System.Convert.ToInt64(text[2..], 8)),
        _ when Number.IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number =>
            double.IsFinite(number) ? JsonValue.Create(number) : throw new FormatException($"{text} is no JSON number."),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number { get; }
}
