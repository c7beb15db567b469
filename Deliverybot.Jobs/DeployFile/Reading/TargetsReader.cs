using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>Reads the file's root: target names and what they stand for.</summary>
internal sealed class TargetsReader(string source, DeployFileErrors errors)
{
    public const string Empty = "is empty: write at least one target, such as production: {}";

    private const int MostTargets = 100;

    public ImmutableArray<Target> Read(YamlNode root)
    {
        if (root is YamlNode.Scalar { Type: ScalarKind.Null })
        {
            errors.Add(YamlPosition.Start, NodePath.Root, Empty);
            return [];
        }

        if (root is not YamlNode.Map map)
        {
            errors.Add(root.Position, NodePath.Root, $"is {root.Kind}: it must be a map of targets, such as production: {{}}");
            return [];
        }

        if (map.Entries.Length > MostTargets)
        {
            var first = map.Entries[MostTargets].Key;
            errors.Add(first.Position, NodePath.Root.Key(first.Text), $"is one target too many: {MostTargets} are the limit");
        }

        var read = new List<SoundTarget>();
        foreach (var entry in map.Entries.Take(MostTargets))
        {
            var path = NodePath.Root.Key(entry.Key.Text);
            var before = errors.Count;
            var target = Read(entry, path);
            if (target is not null && errors.Count == before)
            {
                read.Add(new SoundTarget(target, entry, path));
            }
        }

        new AfterCheck(map, errors).Run();
        QueueCheck.Run(read, errors);
        return [.. read.Select(sound => sound.Target)];
    }

    private Target? Read(YamlEntry entry, NodePath path)
    {
        if (TargetNames.Fault(entry.Key.Text) is { } fault)
        {
            errors.Add(entry.Key.Position, path, fault);
        }

        if (entry.Value is YamlNode.Map keys)
        {
            return new TargetReader(new(entry.Key.Text), new KeyReader(keys, path, source, errors)).Read();
        }

        errors.Add(entry.Value.Position, path, $"is {entry.Value.Kind}: a target must be a map; {{}} leaves all at its default");
        return null;
    }
}
