using System.Collections.Immutable;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <content>What the keys say: a property for each of them.</content>
internal sealed partial record Target
{
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

    /// <summary>Who may do what, beside write access; <see langword="null"/>: whoever may write may do all.</summary>
    public TargetPermissions? Permissions { get; init; }
}

/// <summary>
/// The keys of a target. What may stand in the file, the JSON Schema, the card on the config page and the table in docs/deploy-yml.md come from
/// here, or are held to it by a test. A kind of value that no key has yet is read where the key is declared.
/// </summary>
internal static class DeployKeys
{
    private const string Flag = """{ "type": "boolean" }""";

    private const string FlagOrFalse = """{ "type": "boolean", "default": false }""";

    private const string Texts = """{ "type": "array", "items": { "type": "string", "minLength": 1 }, "default": [] }""";

    private const string TrueOrFalse = "`true`, `false`";

    public static readonly DeployKey Environment = new("environment")
    {
        Value = "text",
        Default = $"`{DeployDefaults.Production}`",
        Meaning = "the GitHub environment; may hold templates; up to 255 characters",
        Help = "The GitHub environment. May hold templates such as ${{ pr }}.",
        Schema = $$"""
            {
              "type": "string", "default": "{{DeployDefaults.Production}}", "minLength": 1, "maxLength": {{DeployDefaults.LongestEnvironment}},
              "allOf": [{ "$ref": "#/definitions/template" }]
            }
            """,
        Read = (target, value) => value.Text(DeployDefaults.LongestEnvironment) is not null && value.Template() is { } name ? target with { Environment = name } : target,
        Example = "staging",
        Card = new("Environment", target => target.Environment.Text),
    };

    public static readonly DeployKey AutoDeployOn = new("auto_deploy_on")
    {
        Value = "trigger or list of triggers",
        Default = "none",
        Meaning = "what deploys by itself",
        Help = "What deploys by itself: a full ref such as refs/heads/main, refs/tags/v* or refs/heads/release/* (* matches all that follows it and comes last; branches of GitHub's merge queue only where the ref begins with refs/heads/gh-readonly-queue), pr (a pull request is opened or reopened by somebody who may write, or gets commits) or release (a release is published). Default: nothing.",
        Schema = """{ "oneOf": [{ "$ref": "#/definitions/trigger" }, { "type": "array", "items": { "$ref": "#/definitions/trigger" } }] }""",
        Read = (target, value) => target with { AutoDeployOn = value.OneOrMore(AutoDeployRule.Read) },
        Example = "refs/heads/main",
        Card = new("Deploys on", target => CardWords.Listed(target.AutoDeployOn, "nothing: by hand only")),
    };

    public static readonly DeployKey RequiredContexts = new("required_contexts")
    {
        Value = "list of texts",
        Default = "`[]`",
        Meaning = "commit statuses and check runs that must be good first",
        Help = "Names of the commit statuses or check runs that must be good before a commit is deployed. deliverybot/promotion is the promote button. Default: none.",
        Schema = Texts,
        Read = (target, value) => target with { RequiredContexts = [.. value.List(item => item.Text()).Distinct()] },
        Example = "[ci/build]",
        Card = new("Required checks", target => CardWords.Listed(target.RequiredContexts, "none")),
    };

    public static readonly DeployKey Task = new("task")
    {
        Value = "text",
        Default = $"`{DeployDefaults.Task}`",
        Meaning = "the deployment's task; up to 255 characters",
        Help = "The deployment's task.",
        Schema = $$"""{ "type": "string", "minLength": 1, "maxLength": {{DeployDefaults.LongestTask}}, "default": "{{DeployDefaults.Task}}" }""",
        Read = (target, value) => value.Text(DeployDefaults.LongestTask) is { } task ? target with { Task = task } : target,
        Example = "migrate",
        Card = new("Task", target => target.Task),
    };

    public static readonly DeployKey Description = new("description")
    {
        Value = "text",
        Default = "`\"\"`",
        Meaning = "the deployment's description; may hold templates; cut at GitHub's 140 characters",
        Help = "The deployment's description. May hold templates; cut at GitHub's 140 characters.",
        Schema = """{ "type": "string", "default": "", "allOf": [{ "$ref": "#/definitions/template" }] }""",
        Read = (target, value) => value.Template() is { } text ? target with { Description = text } : target,
        Example = "the shop",
        Card = new("Description", target => target.Description.Text is { Length: > 0 } text ? text : "none"),
    };

    public static readonly DeployKey Payload = new("payload")
    {
        Value = "map",
        Default = "`{}`",
        Meaning = "sent with the deployment; may hold templates in every string",
        Help = "Sent with the deployment, beside the target's name under target. May hold templates in every string. The key deliverybot is reserved.",
        Schema = $$"""
            {
              "type": "object",
              "properties": { "{{Target.CorrelationKey}}": { "not": {} } },
              "additionalProperties": { "$ref": "#/definitions/payloadValue" },
              "default": {}
            }
            """,
        Read = (target, value) => PayloadReader.Read(value) is { } payload ? target with { Payload = payload } : target,
        Example = "{ replicas: 2 }",
    };

    public static readonly DeployKey AutoMerge = new("auto_merge")
    {
        Value = TrueOrFalse,
        Default = "`false`",
        Meaning = "GitHub merges the default branch into the ref first; the merge commit is then deployed",
        Help = "GitHub merges the default branch into the ref first; the merge commit is then deployed.",
        Schema = FlagOrFalse,
        Read = (target, value) => target with { AutoMerge = value.Flag() ?? false },
        Example = "true",
        Card = new("Merges first", target => target.AutoMerge ? "yes: the default branch into the ref" : "no"),
    };

    public static readonly DeployKey TransientEnvironment = new("transient_environment")
    {
        Value = TrueOrFalse,
        Default = "`false`",
        Meaning = "the environment is marked inactive when its pull request closes, or its branch or tag is deleted",
        Help = "The environment goes away: it is marked inactive when its pull request closes, or its branch or tag is deleted.",
        Schema = FlagOrFalse,
        Read = (target, value) => target with { TransientEnvironment = value.Flag() ?? false },
        Example = "true",
        Card = new("Preview", target => target.TransientEnvironment ? "yes: goes with its pull request" : "no"),
    };

    public static readonly DeployKey ProductionEnvironment = new("production_environment")
    {
        Value = TrueOrFalse,
        Default = $"`true` if the environment is `{DeployDefaults.Production}`",
        Meaning = "whether end users work with the environment",
        Help = "Whether end users work with the environment. Default: true if the rendered environment is production, else false.",
        Schema = Flag,
        Read = (target, value) => target with { ProductionEnvironment = value.Flag() },
        Example = "false",
        Card = new("Production", CardWords.ProductionText),
    };

    public static readonly DeployKey After = new("after")
    {
        Value = "list of targets",
        Default = "`[]`",
        Meaning = "deploy only what these targets already run successfully",
        Help = "Targets that must already run the same commit successfully. With auto_deploy_on, this target follows by itself when they succeed. Default: none.",
        Schema = Texts,
        Read = (target, value) => target with { After = [.. value.List(item => item.Text()).Distinct().Select(name => new TargetName(name))] },
        Example = "[other]",
        Card = new("After", target => CardWords.Listed(target.After, "no other target")),
    };

    public static readonly DeployKey Queue = new("queue")
    {
        Value = "`latest`, `all`",
        Default = "no queue",
        Meaning = "one active deployment per environment",
        Help = "One active deployment per environment: all lets every commit have its turn, latest keeps only the newest waiting one. Targets that share an environment must agree. Default: no queue.",
        Schema = """{ "type": "string", "enum": ["latest", "all"] }""",
        Read = (target, value) => target with { Queue = value.OneOf([("latest", QueueMode.Latest), ("all", QueueMode.All)]) ?? QueueMode.None },
        Example = "latest",
        Card = new("Queue", target => CardWords.QueueText(target.Queue)),
    };

    public static readonly DeployKey OnlyLatest = new("only_latest")
    {
        Value = TrueOrFalse,
        Default = "see below",
        Meaning = "deploy only the head of a branch",
        Help = "true: only the head of a branch is deployed. false: an older commit that becomes ready still goes out, unless a newer one already did. Default: true; false where after, queue: all or deliverybot/promotion is used.",
        Schema = Flag,
        Read = (target, value) => target with { OnlyLatest = value.Flag() ?? true },
        Otherwise = target => target with { OnlyLatest = target.After.IsEmpty && target.Queue is not QueueMode.All && !target.NeedsPromotion },
        Example = "false",
        Card = new("Commits", target => target.OnlyLatest ? "only the head of a branch" : "older ones, too, until a newer one went out"),
    };

    public static readonly DeployKey Forks = new("forks")
    {
        Value = TrueOrFalse,
        Default = "`false`",
        Meaning = "pull requests from forks may be deployed by command",
        Help = "A pull request from a fork may be deployed by command, with its commit named.",
        Schema = FlagOrFalse,
        Read = (target, value) => target with { Forks = value.Flag() ?? false },
        Example = "true",
        Card = new("Forks", target => target.Forks ? "by command, with the sha named" : "never"),
    };

    public static readonly DeployKey External = new("external")
    {
        Value = "`false`, or a map of `tasks`, `creators`, `events`",
        Default = "all but those of pull requests' jobs",
        Meaning = "which deployments made by others count",
        Help = "Which deployments made by others count for the environment: by task, by creator's login, by the event that their workflow runs for; false: none. What is left out restricts nothing, but a pull request's job counts only where events names its event. Default: all but those of pull requests' jobs.",
        Schema = """
            {
              "oneOf": [
                { "type": "boolean", "enum": [false] },
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "tasks": { "$ref": "#/definitions/texts" },
                    "creators": { "$ref": "#/definitions/texts" },
                    "events": { "$ref": "#/definitions/texts" }
                  }
                }
              ]
            }
            """,
        Read = (target, value) => target with { External = ExternalKeys.Read(value) },
        Example = "{ events: [push] }",
        Card = new("Made by others", target => CardWords.ExternalText(target.External)),
    };

    /// <summary>Those that an entry of the list <c>deployments</c> may have as well. No more come to it.</summary>
    public static readonly ImmutableArray<DeployKey> OfDeployments = [Task, AutoMerge, Payload, Environment, Description];

    public static readonly DeployKey Deployments = new("deployments")
    {
        Value = "list",
        Default = "none",
        Meaning = "an older form, see below",
        Help = "Legacy. The first entry fills task, auto_merge, payload, environment and description where the target leaves them out.",
        Schema = $$"""
            {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": { {{References(OfDeployments)}} }
              }
            }
            """,
        Read = (target, value) => LegacyEntries.Read(target, value),
        Example = "[{ task: migrate }]",
    };

    /// <summary>In the order in which people read of them.</summary>
    public static readonly ImmutableArray<DeployKey> All =
    [
        Environment, AutoDeployOn, RequiredContexts, Task, Description, Payload, AutoMerge, TransientEnvironment, ProductionEnvironment,
        After, TimeKeys.Soak, TimeKeys.Window, TimeKeys.TimeZone, Queue, OnlyLatest, Forks, External, PermissionKeys.Permissions, Deployments,
    ];

    /// <summary>The older form first: what the target says itself takes its place. Else in that order, for one may follow from those before it.</summary>
    public static readonly ImmutableArray<DeployKey> AsRead = [Deployments, .. All.Where(key => key != Deployments)];

    /// <summary>The names that may stand in a target, those that its older form shares first.</summary>
    public static readonly ImmutableArray<string> Known = [.. OfDeployments.Concat(All).Select(key => key.Name).Distinct()];

    public static readonly ImmutableArray<string> KnownInDeployments = [.. OfDeployments.Select(key => key.Name)];

    private static string References(IEnumerable<DeployKey> keys) =>
        string.Join(", ", keys.Select(key => $"\"{key.Name}\": {{ \"$ref\": \"#/definitions/{key.Name}\" }}"));
}
