using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary><c>after</c> must name other targets, and none that comes after this one. It looks at the names alone, so that faults elsewhere hide nothing.</summary>
internal sealed class AfterCheck(YamlNode.Map targets, DeployFileErrors errors)
{
    private const string Key = "after";

    private readonly string[] names = [.. targets.Entries.Select(entry => entry.Key.Text)];
    private readonly Dictionary<string, YamlEntry> byName = targets.Entries.ToDictionary(entry => entry.Key.Text, StringComparer.Ordinal);
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
