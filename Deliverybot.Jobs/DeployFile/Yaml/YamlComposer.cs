using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>
/// Builds the nodes of the one document in a file. What makes the rest unreadable or unsafe to read is thrown the way YamlDotNet
/// throws it and ends in one error; duplicate keys are errors beside which reading goes on.
/// </summary>
internal sealed class YamlComposer(string text, DeployFileErrors errors)
{
    private const int DeepestNesting = 20;
    private const long MostAliased = 64 * 1024;
    private const string MergeKey = "<<";

    private readonly SteadyParser parser = new(text);
    private readonly Dictionary<AnchorName, YamlNode?> anchors = [];
    private long aliased;

    /// <returns>The root, or <see langword="null"/> where the file is empty or an error says why it can't be read.</returns>
    public YamlNode? Compose()
    {
        try
        {
            return Document();
        }
        catch (YamlException fault)
        {
            errors.Add(YamlFault.Position(fault, text), NodePath.Root, YamlFault.Message(fault, text));
            return null;
        }
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(NodePath.Root, 1);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<DocumentStart>(out var second))
        {
            return root;
        }

        throw new SemanticErrorException(second.Start, second.End, "holds several documents: keep one, without --- after it");
    }

    private YamlNode Node(NodePath path, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Aliased(alias, depth);
        }

        var start = parser.Consume<NodeEvent>();
        if (start is not Scalar && depth > DeepestNesting)
        {
            throw Fault(start, $"is nested too deeply: {DeepestNesting} lists and maps one inside the other are the limit");
        }

        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = null;
        }

        YamlNode node = start switch
        {
            Scalar scalar => ScalarOf(scalar),
            SequenceStart list => ListOf(list, path, depth),
            MappingStart map => MapOf(map, path, depth),
            _ => throw Fault(start, "is of no known kind"),
        };
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = node;
        }

        return node;
    }

    private YamlNode Aliased(AnchorAlias alias, int depth)
    {
        if (!anchors.TryGetValue(alias.Value, out var node))
        {
            throw Fault(alias, $"uses the alias *{Shown.Short(alias.Value.Value)}, but nothing before it is marked &{Shown.Short(alias.Value.Value)}");
        }

        if (node is null)
        {
            throw Fault(alias, $"uses the alias *{Shown.Short(alias.Value.Value)} inside the very value that it names");
        }

        if (depth + node.Height - 1 > DeepestNesting)
        {
            throw Fault(alias, $"is nested too deeply by this alias: {DeepestNesting} lists and maps one inside the other are the limit");
        }

        aliased += node.Size;
        return aliased <= MostAliased ? node : throw Fault(alias, "grows too large: its aliases stand for more than 64 KiB");
    }

    private static YamlNode.Scalar ScalarOf(Scalar scalar)
    {
        var isText = scalar.Style != ScalarStyle.Plain || scalar.Tag.IsNonSpecific || CoreTags.IsText(scalar.Tag);
        CoreTags.Check(scalar, CoreTags.IsText(scalar.Tag));
        if (UnstorableText.IsIn(scalar.Value))
        {
            throw Fault(scalar, "holds the character U+0000 or half a surrogate pair, which can't be stored or sent");
        }

        return new YamlNode.Scalar(
            YamlPosition.Of(scalar.Start), scalar.Value, isText ? ScalarKind.Text : CoreSchema.KindOf(scalar.Value), (int)scalar.Start.Index, (int)scalar.End.Index);
    }

    private YamlNode.List ListOf(SequenceStart start, NodePath path, int depth)
    {
        CoreTags.Check(start, CoreTags.IsList(start.Tag));
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(path.Item(items.Count), depth + 1));
        }

        return new YamlNode.List(YamlPosition.Of(start.Start), items.DrainToImmutable());
    }

    private YamlNode.Map MapOf(MappingStart start, NodePath path, int depth)
    {
        CoreTags.Check(start, CoreTags.IsMap(start.Tag));
        var entries = new YamlEntries(path, errors);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            parser.Accept<ParsingEvent>(out var keyStart);
            if (Node(path, depth + 1) is not YamlNode.Scalar key)
            {
                throw Fault(keyStart!, "has a list or a map as a key: a key must be text");
            }

            var value = Node(path.Key(key.Text), depth + 1);
            entries.Add(key, Placed(value, key), isMerge: key.Text == MergeKey && text[key.Start] == MergeKey[0]);
        }

        return new YamlNode.Map(YamlPosition.Of(start.Start), entries.Take());
    }

    /// <summary>A value that isn't there has no place of its own; its key's is where a reader looks.</summary>
    private static YamlNode Placed(YamlNode value, YamlNode.Scalar key) =>
        value is YamlNode.Scalar { Type: ScalarKind.Null, Text.Length: 0 } ? value with { Position = key.Position } : value;

    private static SemanticErrorException Fault(ParsingEvent at, string message) => new(at.Start, at.End, message);
}

/// <summary>Gathers the entries of one map: each key once, and those merged in by <c>&lt;&lt;</c> where the map doesn't have them.</summary>
internal sealed class YamlEntries(NodePath path, DeployFileErrors errors)
{
    private readonly ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private YamlEntry? merge;

    public void Add(YamlNode.Scalar key, YamlNode value, bool isMerge)
    {
        if (isMerge ? merge is not null : !keys.Add(key.Text))
        {
            errors.Add(key.Position, path.Key(key.Text), "is there twice: remove one of them");
        }
        else if (isMerge)
        {
            merge = new YamlEntry(key, value);
        }
        else
        {
            entries.Add(new YamlEntry(key, value));
        }
    }

    public ImmutableArray<YamlEntry> Take()
    {
        if (merge is { } merged)
        {
            Merge(merged);
        }

        return entries.DrainToImmutable();
    }

    private void Merge(YamlEntry merged)
    {
        var sources = merged.Value is YamlNode.List list ? list.Items : [merged.Value];
        foreach (var source in sources)
        {
            if (source is not YamlNode.Map map)
            {
                errors.Add(source.Position, path.Key(merged.Key.Text), $"is {source.Kind}: only a map, or a list of maps, can be merged in");
                continue;
            }

            entries.AddRange(map.Entries.Where(entry => keys.Add(entry.Key.Text)));
        }
    }
}
