using System.Text.Json.Nodes;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A key of a target: all that can be said of it without reading one.</summary>
internal sealed record DeployKey(string Name)
{
    /// <summary>What may stand there, as docs/deploy-yml.md says it.</summary>
    public required string Value { get; init; }

    /// <summary>What holds where it is left out, as docs/deploy-yml.md says it.</summary>
    public required string Default { get; init; }

    /// <summary>What it does, as docs/deploy-yml.md says it.</summary>
    public required string Meaning { get; init; }

    /// <summary>What an editor shows: it has no sections to refer to, so it is longer.</summary>
    public required string Help { get; init; }

    /// <summary>What an editor checks the value by: JSON Schema, without the description.</summary>
    public required string Schema { get; init; }

    /// <summary>The target with what is written there; a value that can't be read is an error, and changes nothing.</summary>
    public required Func<Target, WrittenValue, Target> Read { get; init; }

    /// <summary>The target where the key is left out, if that follows from other keys: those before it in the table.</summary>
    public Func<Target, Target>? Otherwise { get; init; }

    /// <summary>The key without which this one means nothing, and why; null: it stands alone.</summary>
    public (string Key, string Why)? Needs { get; init; }

    /// <summary>A value in YAML that changes what the target means; <c>other</c> is another target.</summary>
    public required string Example { get; init; }

    /// <summary>What the config page says of it among a target's facts; null where it has no place there.</summary>
    public CardFact? Card { get; init; }

    public string DocsRow => $"| `{Name}` | {Value} | {Default} | {Meaning} |";

    public JsonObject ToSchema()
    {
        var schema = JsonNode.Parse(Schema)!.AsObject();
        schema.Insert(0, "description", Help);
        return schema;
    }

    internal sealed record CardFact(string Label, Func<Target, string> Text);
}

/// <summary>What is said of keys that once could stand there.</summary>
internal static class OlderKeys
{
    /// <summary>What is to be said of keys that older versions knew; null of others.</summary>
    public static string? Instead(string key) => key switch
    {
        "deploy_on" => "is an older key: write auto_deploy_on",
        "exec" => "is an older key: Deliverybot creates the deployment, and a workflow on: deployment, or whatever else listens for it, carries it out. What that needs to know goes into payload",
        "url" => "is an older key: whoever carries the deployment out reports the address with its status. Leave it out, or write it into payload",
        "freeze" => $"belongs to the whole file: write it in the block {FileRules.Name}",
        _ => null,
    };

    /// <summary>The same in an entry of <c>deployments</c>, which may hold only some keys.</summary>
    public static string? InsteadInDeployments(string key) =>
        DeployKeys.Known.Contains(key) ? $"belongs to the target itself: write {key} beside deployments, not in it" : Instead(key);
}

/// <summary>The older form of a target: a list whose first entry says what the target itself leaves out.</summary>
internal static class LegacyEntries
{
    public static Target Read(Target target, WrittenValue list) =>
        list.List(entry => Filled(target, entry)) is [var first, ..] ? first : target;

    private static Target? Filled(Target target, WrittenValue entry)
    {
        if (entry.Map() is not { } keys)
        {
            return null;
        }

        keys.Allow(DeployKeys.KnownInDeployments, OlderKeys.InsteadInDeployments);
        return DeployKeys.OfDeployments.Aggregate(target, (read, key) => keys.Find(key.Name) is { } value ? key.Read(read, value) : read);
    }
}

/// <summary>Values as the config page's card says them, where that takes more than a word.</summary>
internal static class CardWords
{
    public static string Listed<T>(IEnumerable<T> items, string none) => string.Join(", ", items) is { Length: > 0 } text ? text : none;

    public static string QueueText(QueueMode mode) => mode switch
    {
        QueueMode.None => "none: several at once",
        QueueMode.Latest => "latest: one at a time, then the newest",
        QueueMode.All => "all: one at a time, each in its turn",
    };

    public static string ProductionText(Target target) => target switch
    {
        { ProductionEnvironment: { } said } => said ? "yes" : "no",
        { Environment.IsPlain: true } => target.IsProduction(new EnvironmentName(target.Environment.Text)) ? "yes" : "no",
        _ => "if the environment is production",
    };

    public static string ExternalText(ExternalRule? rule) => rule switch
    {
        null => "counts, but for pull requests' jobs",
        { IsNothing: true } => "doesn't count",
        { Events: [] } => $"counts with {Restrictions(rule)}, but for pull requests' jobs",
        _ => $"counts with {Restrictions(rule)}",
    };

    public static string PermissionsText(TargetPermissions? permissions) => permissions is null
        ? "whoever may write"
        : string.Join("; ", new[]
        {
            ("deploy", permissions.Deploy), ("rollback", permissions.Rollback), ("force", permissions.Force),
            ("approve", permissions.Approve), ("lock", permissions.Lock), ("freeze", permissions.Freeze),
        }.Where(key => key.Item2 is not null).Select(key => $"{key.Item1}: {Listed(key.Item2!.Value, "nobody")}"));

    private static string Restrictions(ExternalRule rule) => Listed(
        new[] { ("task", rule.Tasks), ("creator", rule.Creators), ("event", rule.Events) }
            .Where(restriction => restriction.Item2 is [_, ..])
            .Select(restriction => $"{restriction.Item1} {string.Join(" or ", restriction.Item2)}"),
        "any task, creator and event");
}
