using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile.Reading;

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

            var at = (entry.Value as Yaml.YamlNode.Map)?.Find(Key) ?? entry.Key;
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
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
