using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>One target of <c>deploy.yml</c>, with every default filled in. Immutable; equal where its meaning is. Its keys have a file of their own.</summary>
internal sealed partial record Target
{
    /// <summary>The commit status that a person sets to let a commit go on.</summary>
    public const string PromotionContext = "deliverybot/promotion";

    /// <summary>The payload key that carries our own row's id.</summary>
    public const string CorrelationKey = NewDeploymentJson.CorrelationKey;

    public required TargetName Name { get; init; }

    /// <summary>The keys that its file writes, whatever they say; of one that was kept with a wish nobody knows.</summary>
    [JsonIgnore]
    public ImmutableHashSet<string> Written { get; init; } = [];

    [JsonIgnore]
    public bool NeedsPromotion => RequiredContexts.Contains(PromotionContext);

    /// <summary>Whether a template uses GitHub's commit object, which then has to be fetched.</summary>
    [JsonIgnore]
    public bool NeedsCommit => AnyTemplate(template => template.NeedsCommit);

    /// <summary>Whether a template uses GitHub's pull request object, which then has to be fetched.</summary>
    [JsonIgnore]
    public bool NeedsPullRequest => AnyTemplate(template => template.NeedsPullRequest);

    /// <summary>Whether a template names the pull request: a deployment that belongs to none can't be then.</summary>
    [JsonIgnore]
    public bool NamesPullRequest => AnyTemplate(template => template.DependsOnPullRequest);

    /// <summary>Whether it matters to which pull request a deployment belongs: for its templates, or for its end.</summary>
    [JsonIgnore]
    public bool DependsOnPullRequest => TransientEnvironment || NamesPullRequest;

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
internal static class TargetReader
{
    public static Target Read(TargetName name, WrittenValue keys)
    {
        keys.Allow(DeployKeys.Known, OlderKeys.Instead);
        var target = new Target { Name = name, Written = [.. keys.Entries.Select(entry => entry.Name)] };
        foreach (var key in DeployKeys.AsRead)
        {
            if (key.Needs is { } needed && keys.Find(needed.Key) is null)
            {
                keys.Find(key.Name)?.Fault<string>($"needs {needed.Key}: {needed.Why}");
            }

            target = keys.Find(key.Name) is { } value ? key.Read(target, value) : key.Otherwise?.Invoke(target) ?? target;
        }

        return target;
    }
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
