using System.Collections.Immutable;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary><c>after</c> must name other targets, and none that comes after this one. It looks at the names alone, so that faults elsewhere hide nothing.</summary>
internal sealed class AfterCheck(ImmutableArray<YamlEntry> targets, DeployFileErrors errors)
{
    private const string Key = "after";

    private readonly string[] names = [.. targets.Select(entry => entry.Key.Text)];
    private readonly Dictionary<string, YamlEntry> byName = targets.ToDictionary(entry => entry.Key.Text, StringComparer.Ordinal);
    private readonly HashSet<string> finished = new(StringComparer.Ordinal);
    private readonly List<string> way = [];

    public void Run()
    {
        foreach (var name in names)
        {
            foreach (var (before, item, path) in Before(name))
            {
                Check(name, before, item, path);
            }

            FindCircles(name);
        }
    }

    private void Check(string name, string before, YamlNode item, NodePath path)
    {
        if (before == name)
        {
            errors.Add(item.Position, path, $"is {Shown.Short(name)} itself: a target can't come after itself");
        }
        else if (TargetNames.IsShared(before))
        {
            errors.Add(item.Position, path, $"names {Shown.Short(before)}, which is no target: a key that begins with a dot holds settings for others to share");
        }
        else if (!byName.ContainsKey(before) && !errors.IsFull)
        {
            errors.Add(item.Position, path, $"names the unknown target {Shown.Short(before)}{NearestName.Hint(before, names)}");
        }
    }

    private void FindCircles(string name)
    {
        if (!byName.ContainsKey(name) || finished.Contains(name))
        {
            return;
        }

        way.Add(name);
        foreach (var (before, item, path) in Before(name).Where(link => link.Name != name))
        {
            var start = way.IndexOf(before);
            if (start < 0)
            {
                FindCircles(before);
            }
            else
            {
                var circle = string.Join(" after ", way[start..].Append(before).Select(Shown.Short));
                errors.Add(item.Position, path, $"closes a circle, so none of them could ever be deployed: {circle}");
            }
        }

        way.RemoveAt(way.Count - 1);
        finished.Add(name);
    }

    private IEnumerable<(string Name, YamlNode Item, NodePath Path)> Before(string name)
    {
        if (byName[name].Value is not YamlNode.Map target || target.Find(Key) is not YamlNode.List list)
        {
            return [];
        }

        var path = NodePath.Root.Key(name).Key(Key);
        return list.Items
            .Select((item, index) => (Node: item as YamlNode.Scalar, index))
            .Where(item => item.Node is { Type: ScalarKind.Text, Text.Length: > 0 })
            .Select(item => (item.Node!.Text, (YamlNode)item.Node, path.Item(item.index)));
    }
}

/// <summary>Targets that share an environment share its queue, so they must ask for the same one.</summary>
internal static class QueueCheck
{
    private const string Key = "queue";

    public static void Run(IEnumerable<SoundTarget> targets, DeployFileErrors errors)
    {
        var firsts = new Dictionary<EnvironmentName, Target>();
        foreach (var (target, entry, path) in targets)
        {
            var environment = new EnvironmentName(target.Environment.For(target.Name));
            if (firsts.TryAdd(environment, target) || firsts[environment].Queue == target.Queue)
            {
                continue;
            }

            var at = (entry.Value as YamlNode.Map)?.Find(Key) ?? entry.Key;
            var first = firsts[environment];
            errors.Add(
                at.Position,
                path.Key(Key),
                $"is {Written(target.Queue)}, but {Shown.Short(first.Name.Value)} has {Written(first.Queue)} and the same environment ({Shown.Short(environment.Value)}): they must agree");
        }
    }

    private static string Written(QueueMode queue) => queue switch
    {
        QueueMode.None => "no queue",
        QueueMode.Latest => "latest",
        QueueMode.All => "all",
    };
}
