using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>
/// A value in the file and where it stands. Reading it gives nothing where it can't be read so, and says why in an error. What is read in
/// one place alone is read there, by <see cref="Node"/> and <see cref="Fault{T}"/>.
/// </summary>
internal sealed class WrittenValue(YamlNode node, NodePath at, string source, DeployFileErrors errors)
{
    public YamlNode Node => node;

    /// <summary>The items of a list.</summary>
    public IEnumerable<WrittenValue> Items => node is YamlNode.List list ? list.Items.Select((item, index) => Of(item, at.Item(index))) : [];

    /// <summary>The keys of a map, each as what can be found faulty itself, and their values.</summary>
    public IEnumerable<(string Name, WrittenValue Key, WrittenValue Value)> Entries => node is YamlNode.Map map
        ? map.Entries.Select(entry => (entry.Key.Text, Of(entry.Key, at.Key(entry.Key.Text)), Of(entry.Value, at.Key(entry.Key.Text))))
        : [];

    /// <summary>The value of a map's key; null where it is left out.</summary>
    public WrittenValue? Find(string key) => (node as YamlNode.Map)?.Find(key) is { } value ? Of(value, at.Key(key)) : null;

    /// <param name="known">The keys that may be in this map.</param>
    /// <param name="instead">What is to be said of keys that once could be here; null for others.</param>
    public void Allow(IReadOnlyCollection<string> known, Func<string, string?> instead)
    {
        foreach (var (name, key, _) in Entries)
        {
            if (!known.Contains(name) && !errors.IsFull)
            {
                key.Fault<string>(instead(name) ?? $"is no key that is known here{NearestName.Hint(name, known)}");
            }
        }
    }

    public bool? Flag() => node switch
    {
        YamlNode.Scalar { Type: ScalarKind.Flag } flag => CoreSchema.IsTrue(flag.Text),
        YamlNode.Scalar { Type: ScalarKind.Text } text => Fault<bool?>($"is the text {Shown.Short(text.Text)}: it must be true or false, without quotes"),
        _ => Fault<bool?>($"is {node.Kind}: it must be true or false"),
    };

    /// <summary>Text that must not be empty.</summary>
    public string? Text() => node switch
    {
        YamlNode.Scalar { Type: ScalarKind.Text, Text.Length: > 0 } text => text.Text,
        YamlNode.Scalar { Type: ScalarKind.Text } => Fault<string>("is empty: write a text, or leave it out"),
        _ => NotText<string>(),
    };

    /// <summary>Text that must not be empty, and has a limit.</summary>
    public string? Text(int longest) =>
        Text() is not { } text ? null
        : text.EnumerateRunes().Count() <= longest ? text
        : Fault<string>($"is too long: {longest} characters are the limit");

    /// <summary>A template that may be empty.</summary>
    public Template? Template()
    {
        if (node is not YamlNode.Scalar { Type: ScalarKind.Text } text)
        {
            return NotText<Template>();
        }

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

    /// <summary>Items that <paramref name="read"/> gives nothing for are errors already.</summary>
    public ImmutableArray<T> List<T>(Func<WrittenValue, T?> read)
        where T : class => node is YamlNode.List
            ? [.. Items.Select(read).OfType<T>()]
            : Fault<ImmutableArray<T>?>($"is {node.Kind}: it must be a list, such as [{Example()}]") ?? [];

    /// <summary>A list, or a single item without the brackets.</summary>
    public ImmutableArray<T> OneOrMore<T>(Func<WrittenValue, T?> read)
        where T : class => node switch
        {
            YamlNode.Scalar { Type: not ScalarKind.Null } => read(this) is { } value ? [value] : [],
            YamlNode.List => List(read),
            _ => Fault<ImmutableArray<T>?>($"is {node.Kind}: it must be text or a list of texts") ?? [],
        };

    /// <param name="mustBe">What it should have been, in a fault.</param>
    /// <returns>Itself, where it is a map.</returns>
    public WrittenValue? Map(string mustBe = "a map") => node is YamlNode.Map ? this : Fault<WrittenValue>($"is {node.Kind}: it must be {mustBe}");

    public T? OneOf<T>(IReadOnlyList<(string Word, T Meaning)> choices)
        where T : struct
    {
        if (Text() is not { } text)
        {
            return null;
        }

        foreach (var (word, meaning) in choices)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        return Fault<T?>($"is {Shown.Short(text)}: it must be {string.Join(" or ", choices.Select(choice => choice.Word))}, or left out");
    }

    /// <summary>Adds an error and gives nothing.</summary>
    public T? Fault<T>(string message)
    {
        errors.Add(node.Position, at, message);
        return default;
    }

    private WrittenValue Of(YamlNode inner, NodePath place) => new(inner, place, source, errors);

    private string Example() => node is YamlNode.Scalar { Type: ScalarKind.Text } text ? Shown.Short(text.Text) : "one";

    private T? NotText<T>() => node switch
    {
        YamlNode.Scalar { Type: ScalarKind.Null } => Fault<T>("is empty: write a text, or leave it out"),
        YamlNode.Scalar scalar => Fault<T>($"is {node.Kind}: it must be text, so write it in quotes: \"{Shown.Short(scalar.Text)}\""),
        _ => Fault<T>($"is {node.Kind}: it must be text"),
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
