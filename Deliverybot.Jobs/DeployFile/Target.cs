using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>One target of <c>deploy.yml</c>, with every default filled in. Immutable; equal where its meaning is.</summary>
internal sealed record Target
{
    /// <summary>The commit status that a person sets to let a commit go on.</summary>
    public const string PromotionContext = "deliverybot/promotion";

    /// <summary>The payload key that carries our own row's id.</summary>
    public const string CorrelationKey = NewDeploymentJson.CorrelationKey;

    public required TargetName Name { get; init; }

    public Template Environment { get; init; } = DeployDefaults.Environment;

    public ImmutableArray<AutoDeployRule> AutoDeployOn { get; init; } = [];

    public ImmutableArray<string> RequiredContexts { get; init; } = [];

    public string Task { get; init; } = DeployDefaults.Task;

    public Template Description { get; init; } = DeployDefaults.Description;

    public PayloadValue.Map Payload { get; init; } = PayloadValue.Map.Empty;

    public bool AutoMerge { get; init; }

    public bool TransientEnvironment { get; init; }

    /// <summary>What the file says; <see langword="null"/> where it leaves that to the environment's name.</summary>
    public bool? ProductionEnvironment { get; init; }

    public ImmutableArray<TargetName> After { get; init; } = [];

    public QueueMode Queue { get; init; }

    /// <summary>Whether only the head of a branch is deployed, as the file says or as its other keys imply.</summary>
    public bool OnlyLatest { get; init; } = true;

    public bool Forks { get; init; }

    /// <summary>Which deployments that others make count; <see langword="null"/>: all but those of pull requests' jobs.</summary>
    public ExternalRule? External { get; init; }

    [JsonIgnore]
    public bool NeedsPromotion => RequiredContexts.Contains(PromotionContext);

    /// <summary>Whether a template uses GitHub's commit object, which then has to be fetched.</summary>
    [JsonIgnore]
    public bool NeedsCommit => AnyTemplate(template => template.NeedsCommit);

    /// <summary>Whether a template uses GitHub's pull request object, which then has to be fetched.</summary>
    [JsonIgnore]
    public bool NeedsPullRequest => AnyTemplate(template => template.NeedsPullRequest);

    /// <summary>Whether it matters to which pull request a deployment belongs: for its templates, or for its end.</summary>
    [JsonIgnore]
    public bool DependsOnPullRequest => TransientEnvironment || AnyTemplate(template => template.DependsOnPullRequest);

    public bool DeploysOn(GitRef gitRef) => AutoDeployOn.Any(rule => rule.Matches(gitRef));

    [JsonIgnore]
    public bool DeploysOnPullRequest => AutoDeployOn.Any(rule => rule is AutoDeployRule.PullRequest);

    [JsonIgnore]
    public bool DeploysOnRelease => AutoDeployOn.Any(rule => rule is AutoDeployRule.Release);

    /// <summary>Whether GitHub is told that the rendered environment is one that end users work with.</summary>
    public bool IsProduction(EnvironmentName rendered) => ProductionEnvironment ?? rendered == DeployDefaults.Production;

    public TemplateResult RenderEnvironment(TemplateValues values) =>
        Environment.Render(values, "environment") switch
        {
            TemplateResult.Rendered { Text: var text } when string.IsNullOrWhiteSpace(text) =>
                new TemplateResult.Unrendered($"Target {Name}, key environment: {Environment.Text} gives an empty name."),
            var result => result,
        };

    /// <summary>The description, cut where GitHub would refuse more.</summary>
    public TemplateResult RenderDescription(TemplateValues values) =>
        Description.Render(values, "description") switch
        {
            TemplateResult.Rendered { Text: var text } whole when DescriptionLength.Cut(text) is var cut =>
                cut.Length == text.Length ? whole : new TemplateResult.Rendered(cut),
            var result => result,
        };

    /// <summary>What is sent to GitHub: the target's name, the user's payload, and under its reserved key the correlation, if there is one.</summary>
    public PayloadResult RenderPayload(TemplateValues values, JsonNode? correlation = null) =>
        new PayloadRendering(values).Render(this, correlation);

    public bool Equals(Target? other) =>
        ReferenceEquals(this, other) || (other is not null && JsonNode.DeepEquals(TargetJson.ToNode(this), TargetJson.ToNode(other)));

    public override int GetHashCode() => HashCode.Combine(Name, Environment, Task);

    private bool AnyTemplate(Func<Template, bool> condition) =>
        condition(Environment) || condition(Description) || Payload.AnyTemplate(condition);
}

/// <summary>Reads one target and fills in what it leaves out.</summary>
internal sealed class TargetReader(TargetName name, KeyReader keys)
{
    private static readonly (string Word, QueueMode Mode)[] Queues = [("latest", QueueMode.Latest), ("all", QueueMode.All)];

    public Target Read()
    {
        keys.Allow(DeployKeys.Known, DeployKeys.Instead);
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
            External = keys.MapOrFalse("external", ExternalKeys.Read, ExternalRule.Nothing),
        };
    }

    private DeploymentKeys? LegacyEntry(YamlNode node, NodePath path)
    {
        var entry = keys.Inside(node, path);
        entry?.Allow(DeployKeys.KnownInDeployments, DeployKeys.InsteadInDeployments);
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

/// <summary>The keys that a target and an entry of the legacy <c>deployments</c> list share; nothing where they are left out.</summary>
internal sealed record DeploymentKeys(string? Task, bool? AutoMerge, PayloadValue.Map? Payload, Template? Environment, Template? Description)
{
    public static DeploymentKeys Read(KeyReader keys) => new(
        keys.Text("task", DeployDefaults.LongestTask),
        keys.Flag("auto_merge"),
        keys.Payload("payload"),
        keys.Environment("environment"),
        keys.Template("description"));
}

/// <summary>The key <c>queue</c>: how deployments to a busy environment follow each other.</summary>
internal enum QueueMode
{
    /// <summary>No queue: deployments may overlap.</summary>
    None,

    /// <summary>One at a time; only the newest waiting one stays.</summary>
    Latest,

    /// <summary>One at a time, each in its turn.</summary>
    All,
}

/// <summary>What a target has where <c>deploy.yml</c> doesn't say.</summary>
internal static class DeployDefaults
{
    public const string Task = "deploy";

    public const int LongestEnvironment = 255;

    /// <summary>GitHub doesn't say how long a task may be; the name of an environment may have as many characters.</summary>
    public const int LongestTask = LongestEnvironment;

    public static readonly EnvironmentName Production = new("production");

    public static readonly Template Environment = Template.Parse(Production.Value);

    public static readonly Template Description = Template.Parse("");
}
