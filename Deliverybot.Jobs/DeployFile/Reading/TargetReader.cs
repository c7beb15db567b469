using System.Collections.Immutable;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>Reads one target and fills in what it leaves out.</summary>
internal sealed class TargetReader(TargetName name, KeyReader keys)
{
    private static readonly string[] Known =
    [
        .. DeploymentKeys.Known,
        "auto_deploy_on",
        "required_contexts",
        "transient_environment",
        "production_environment",
        "after",
        "queue",
        "only_latest",
        "forks",
        "deployments",
    ];

    private static readonly (string Word, QueueMode Mode)[] Queues = [("latest", QueueMode.Latest), ("all", QueueMode.All)];

    public Target Read()
    {
        keys.Allow(Known);
        var own = DeploymentKeys.Read(keys);
        var legacy = keys.List("deployments", LegacyEntry).FirstOrDefault();
        var contexts = keys.List("required_contexts", keys.TextOf);
        var after = keys.List("after", keys.TextOf).Distinct().Select(target => new TargetName(target)).ToImmutableArray();
        var queue = keys.Choice("queue", Queues);
        return new Target
        {
            Name = name,
            Task = own.Task ?? legacy?.Task ?? DeployDefaults.Task,
            AutoMerge = own.AutoMerge ?? legacy?.AutoMerge ?? false,
            Payload = own.Payload ?? legacy?.Payload ?? PayloadValue.Map.Empty,
            Environment = own.Environment ?? legacy?.Environment ?? DeployDefaults.Environment,
            Description = own.Description ?? legacy?.Description ?? DeployDefaults.Description,
            AutoDeployOn = keys.OneOrMore("auto_deploy_on", Rule),
            RequiredContexts = [.. contexts.Distinct()],
            TransientEnvironment = keys.Flag("transient_environment") ?? false,
            ProductionEnvironment = keys.Flag("production_environment"),
            After = after,
            Queue = queue,
            OnlyLatest = keys.Flag("only_latest")
                ?? (after.IsEmpty && queue != QueueMode.All && !contexts.Contains(Target.PromotionContext)),
            Forks = keys.Flag("forks") ?? false,
        };
    }

    private DeploymentKeys? LegacyEntry(YamlNode node, NodePath path)
    {
        var entry = keys.Inside(node, path);
        entry?.Allow(DeploymentKeys.Known);
        return entry is null ? null : DeploymentKeys.Read(entry);
    }

    private AutoDeployRule? Rule(YamlNode node, NodePath path)
    {
        if (keys.TextOf(node, path) is not { } text)
        {
            return null;
        }

        return AutoDeployRule.TryParse(text, out var fault) ?? keys.Fault<AutoDeployRule>(node, path, $"{Shown.Short(text)} {fault}");
    }
}
