using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads typed values from one map. A method gives nothing where the key is left out or its value is an error.</summary>
internal sealed class KeyReader(YamlNode.Map map, NodePath path, string source, DeployFileErrors errors)
{
    /// <param name="known">The keys that may be here.</param>
    /// <param name="instead">What is to be said of keys that once could be here; null for others.</param>
    public void Allow(IReadOnlyCollection<string> known, Func<string, string?> instead)
    {
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Text) && !errors.IsFull)
            {
                errors.Add(
                    key.Position, path.Key(key.Text), instead(key.Text) ?? $"is no key that is known here{NearestName.Hint(key.Text, known)}");
            }
        }
    }

    public bool? Flag(string key) => map.Find(key) switch
    {
        null => null,
        YamlNode.Scalar { Type: ScalarKind.Flag } flag => CoreSchema.IsTrue(flag.Text),
        YamlNode.Scalar { Type: ScalarKind.Text } text =>
            Fault<bool?>(text, key, $"is the text {Shown.Short(text.Text)}: it must be true or false, without quotes"),
        var node => Fault<bool?>(node, key, $"is {node.Kind}: it must be true or false"),
    };

    /// <summary>Text that must not be empty.</summary>
    public string? Text(string key) => map.Find(key) is { } node ? TextOf(node, path.Key(key)) : null;

    /// <summary>Text that must not be empty, and has a limit.</summary>
    public string? Text(string key, int longest) =>
        Text(key) is not { } text ? null
        : text.EnumerateRunes().Count() <= longest ? text
        : Fault<string>(map.Find(key)!, key, $"is too long: {longest} characters are the limit");

    public Template? Environment(string key) =>
        Text(key, DeployDefaults.LongestEnvironment) is null ? null : TemplateOf((YamlNode.Scalar)map.Find(key)!, path.Key(key));

    /// <summary>A template that may be empty.</summary>
    public Template? Template(string key) => map.Find(key) switch
    {
        null => null,
        YamlNode.Scalar { Type: ScalarKind.Text } text => TemplateOf(text, path.Key(key)),
        var node => NotText<Template>(node, path.Key(key)),
    };

    /// <summary>A list, or where it is left out an empty one; items that <paramref name="read"/> gives nothing for are errors already.</summary>
    public ImmutableArray<T> List<T>(string key, Func<YamlNode, NodePath, T?> read)
        where T : class => map.Find(key) switch
        {
            null => [],
            YamlNode.List list => [.. list.Items.Select((item, index) => read(item, path.Key(key).Item(index))).OfType<T>()],
            var node => None<T>(node, key, $"is {node.Kind}: it must be a list, such as [{Example(node)}]"),
        };

    /// <summary>A list, or a single item without the brackets.</summary>
    public ImmutableArray<T> OneOrMore<T>(string key, Func<YamlNode, NodePath, T?> read)
        where T : class => map.Find(key) switch
        {
            YamlNode.Scalar { Type: not ScalarKind.Null } only => read(only, path.Key(key)) is { } value ? [value] : [],
            null or YamlNode.List => List(key, read),
            var node => None<T>(node, key, $"is {node.Kind}: it must be text or a list of texts"),
        };

    /// <summary>A map with keys of its own, or false for none at all.</summary>
    public T? MapOrFalse<T>(string key, Func<KeyReader, T> read, T none)
        where T : class => map.Find(key) switch
        {
            null => null,
            YamlNode.Scalar { Type: ScalarKind.Flag } flag when !CoreSchema.IsTrue(flag.Text) => none,
            YamlNode.Map inner => read(new KeyReader(inner, path.Key(key), source, errors)),
            var node => Fault<T>(node, key, $"is {node.Kind}: it must be false, or a map such as {{ events: [push] }}"),
        };

    /// <summary>One of a few words.</summary>
    public T? Choice<T>(string key, IReadOnlyList<(string Word, T Meaning)> choices)
    {
        if (Text(key) is not { } text)
        {
            return default;
        }

        foreach (var (word, meaning) in choices)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        var words = string.Join(" or ", choices.Select(choice => choice.Word));
        return Fault<T>(map.Find(key)!, key, $"is {Shown.Short(text)}: it must be {words}, or left out");
    }

    /// <summary>Text that must not be empty, as an item of a list.</summary>
    public string? TextOf(YamlNode node, NodePath at) => node switch
    {
        YamlNode.Scalar { Type: ScalarKind.Text, Text.Length: > 0 } text => text.Text,
        YamlNode.Scalar { Type: ScalarKind.Text } => Fault<string>(node, at, "is empty: write a text, or leave it out"),
        _ => NotText<string>(node, at),
    };

    public PayloadValue.Map? Payload(string key) => map.Find(key) switch
    {
        null => null,
        YamlNode.Map payload => new PayloadReader(this, errors).Read(payload, path.Key(key)),
        var node => Fault<PayloadValue.Map>(node, key, $"is {node.Kind}: it must be a map"),
    };

    /// <summary>The keys of a map inside this one.</summary>
    public KeyReader? Inside(YamlNode node, NodePath at) => node is YamlNode.Map inner
        ? new KeyReader(inner, at, source, errors)
        : Fault<KeyReader>(node, at, $"is {node.Kind}: it must be a map");

    public Template? TemplateOf(YamlNode.Scalar text, NodePath at)
    {
        if (Templates.Template.TryParse(text.Text, out var template, out var faults))
        {
            return template;
        }

        foreach (var fault in faults.TakeWhile(_ => !errors.IsFull))
        {
            errors.Add(TemplatePlace.Of(fault, text, source), at, fault.Message);
        }

        return null;
    }

    /// <summary>Adds an error and gives nothing.</summary>
    public T? Fault<T>(YamlNode node, NodePath at, string message)
    {
        errors.Add(node.Position, at, message);
        return default;
    }

    private T? Fault<T>(YamlNode node, string key, string message) => Fault<T>(node, path.Key(key), message);

    private ImmutableArray<T> None<T>(YamlNode node, string key, string message)
    {
        errors.Add(node.Position, path.Key(key), message);
        return [];
    }

    private static string Example(YamlNode node) => node is YamlNode.Scalar { Type: ScalarKind.Text } text ? Shown.Short(text.Text) : "one";

    private T? NotText<T>(YamlNode node, NodePath at) => node switch
    {
        YamlNode.Scalar { Type: ScalarKind.Null } => Fault<T>(node, at, "is empty: write a text, or leave it out"),
        YamlNode.Scalar scalar => Fault<T>(node, at, $"is {node.Kind}: it must be text, so write it in quotes: \"{Shown.Short(scalar.Text)}\""),
        _ => Fault<T>(node, at, $"is {node.Kind}: it must be text"),
    };
}

/// <summary>
/// Finds a template's fault in the file. Quotes, escapes and folded lines make places in the value differ from places in the file,
/// so what the fault begins with, <c>${{</c> for instance, is counted off in both.
/// </summary>
internal static class TemplatePlace
{
    public static YamlPosition Of(TemplateFault fault, YamlNode.Scalar scalar, string source)
    {
        var earlier = scalar.Text.AsSpan(0, fault.Offset).Count(fault.Begins);
        var index = scalar.Start;
        for (var seen = 0; seen <= earlier; seen++)
        {
            var next = source.AsSpan(index, scalar.End - index).IndexOf(fault.Begins);
            if (next < 0)
            {
                return scalar.Position;
            }

            index += next + (seen < earlier ? fault.Begins.Length : 0);
        }

        return YamlPosition.Of(source, index);
    }
}
