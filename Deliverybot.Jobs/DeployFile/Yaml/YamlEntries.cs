using System.Collections.Immutable;

namespace Deliverybot.Jobs.DeployFile.Yaml;

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
