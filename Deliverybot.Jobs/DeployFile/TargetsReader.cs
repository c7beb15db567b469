using System.Collections.Frozen;
using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads the file's root: target names and what they stand for.</summary>
internal sealed class TargetsReader(string source, DeployFileErrors errors, string? owner)
{
    public const string Empty = "is empty: write at least one target, such as production: {}";

    private const int MostTargets = 100;

    /// <summary>What the file says for all its targets; each of them has it.</summary>
    public FileRules Rules { get; private set; } = FileRules.None;

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

        Rules = RuleKeys.Read(map.Find(FileRules.Name) is { } block ? new WrittenValue(block, NodePath.Root.Key(FileRules.Name), source, errors) : null);
        var entries = map.Entries.RemoveAll(entry => TargetNames.IsShared(entry.Key.Text) || entry.Key.Text == FileRules.Name);
        var read = new List<SoundTarget>();
        foreach (var entry in entries.Take(MostTargets))
        {
            var path = NodePath.Root.Key(entry.Key.Text);
            var before = errors.Count;
            var target = Read(entry, path);
            if (target is not null && errors.Count == before)
            {
                read.Add(new SoundTarget(target, entry, path));
            }
        }

        new AfterCheck(entries, errors).Run();
        QueueCheck.Run(read, errors);
        GroupCheck.Run(read, owner, errors);
        return [.. read.Select(sound => Rules.Over(sound.Target))];
    }

    private Target? Read(YamlEntry entry, NodePath path)
    {
        if (TargetNames.Fault(entry.Key.Text) is { } fault)
        {
            errors.Add(entry.Key.Position, path, fault);
        }

        if (entry.Value is YamlNode.Map)
        {
            return TargetReader.Read(new(entry.Key.Text), new WrittenValue(entry.Value, path, source, errors));
        }

        errors.Add(entry.Value.Position, path, $"is {entry.Value.Kind}: a target must be a map; {{}} leaves all at its default");
        return null;
    }
}

/// <summary>A target without errors of its own, and where it stands.</summary>
internal sealed record SoundTarget(Target Target, YamlEntry Entry, NodePath Path);

/// <summary>What a target can be called.</summary>
internal static class TargetNames
{
    /// <summary>GitHub's limit for the names of environments and contexts, both of which may be made of it.</summary>
    private const int Longest = 255;

    private static readonly FrozenSet<string> Reserved =
        new[] { "help", "force", "promotion", "config" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the key holds settings that targets share by anchor or merge key, and is no target: it begins with a dot.</summary>
    public static bool IsShared(string name) => name.StartsWith('.');

    public static string? Fault(string name) => name switch
    {
        "" => "is a target without a name",
        _ when name.Equals(FileRules.Name, StringComparison.OrdinalIgnoreCase) =>
            $"can't be a target's name: {FileRules.Name}, in small letters, is the block with settings for the whole file",
        _ when Reserved.Contains(name) => "can't be a target's name: help, force, promotion and config are words of commands and commit statuses",
        _ when name.EnumerateRunes().Count() > Longest => $"is too long a name: {Longest} characters are the limit",
        _ when name.Any(char.IsControl) => "is a name with a line break or another control character in it",
        // What had no meaning as text has become this on the way here: two such names may have been different ones.
        _ when name.Contains('\uFFFD', StringComparison.Ordinal) => "is a name with a character in it that is no text",
        _ => null,
    };
}
