using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>Reads typed values from one map. A method gives nothing where the key is left out or its value is an error.</summary>
internal sealed class KeyReader(YamlNode.Map map, NodePath path, string source, DeployFileErrors errors)
{
    private const int LongestEnvironment = 255;

    public void Allow(IReadOnlyCollection<string> known)
    {
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Text) && !errors.IsFull)
            {
                errors.Add(key.Position, path.Key(key.Text), $"is no key that is known here{NearestName.Hint(key.Text, known)}");
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

    public Template? Environment(string key)
    {
        if (map.Find(key) is not { } node || TextOf(node, path.Key(key)) is not { } text)
        {
            return null;
        }

        return text.EnumerateRunes().Count() <= LongestEnvironment
            ? TemplateOf((YamlNode.Scalar)node, path.Key(key))
            : Fault<Template>(node, key, $"is too long: {LongestEnvironment} characters are the limit");
    }

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
