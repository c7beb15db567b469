using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>What the block <c>deliverybot</c> says for the whole file; its keys have a table, as a target's have.</summary>
internal sealed record FileRules
{
    /// <summary>The block's name, which no target can have.</summary>
    public const string Name = "deliverybot";

    public static FileRules None { get; } = new();

    /// <summary>By which clock windows and freezes are told where a target doesn't say; null: by another's, in the end by UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Null: none.</summary>
    public Freezes? Freezes { get; init; }

    /// <summary>The target, with what the block adds to what it says itself. What doesn't concern it is left out, so that it changes nothing of it.</summary>
    public Target Over(Target target) => target with
    {
        TimeZone = target.TimeZone ?? TimeZone,
        Freezes = Freezes?.Where(freeze => !target.Environment.IsPlain || Concerns(freeze, target)),
    };

    private static bool Concerns(Freeze freeze, Target target)
    {
        var environment = new EnvironmentName(target.Environment.Text);
        return freeze.Concerns(environment.Value, target.IsProduction(environment));
    }
}

/// <summary>Freezes, of which there is at least one.</summary>
internal sealed record Freezes(ImmutableArray<Freeze> All)
{
    /// <returns>Null where none is left.</returns>
    public Freezes? Where(Func<Freeze, bool> condition) => All.Where(condition).ToImmutableArray() is [_, ..] left ? new Freezes(left) : null;

    public bool Equals(Freezes? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => All.Length;
}

/// <summary>A key of the block: all that can be said of it without reading one.</summary>
internal sealed record RuleKey(string Name)
{
    /// <summary>What may stand there, as docs/deploy-yml.md says it; so with the two that follow.</summary>
    public required string Value { get; init; }

    public required string Default { get; init; }

    public required string Meaning { get; init; }

    /// <summary>What an editor shows.</summary>
    public required string Help { get; init; }

    /// <summary>What an editor checks the value by: JSON Schema, without the description.</summary>
    public required string Schema { get; init; }

    /// <summary>The rules with what is written there; a value that can't be read is an error, and changes nothing.</summary>
    public required Func<FileRules, WrittenValue, FileRules> Read { get; init; }

    /// <summary>A value in YAML that changes what the block means.</summary>
    public required string Example { get; init; }

    public string DocsRow => $"| `{Name}` | {Value} | {Default} | {Meaning} |";

    public JsonObject ToSchema()
    {
        var schema = JsonNode.Parse(Schema)!.AsObject();
        schema.Insert(0, "description", Help);
        return schema;
    }
}

/// <summary>The keys of the block, in the order in which people read of them.</summary>
internal static class RuleKeys
{
    public static readonly RuleKey TimeZone = new("time_zone")
    {
        Value = "name of a time zone",
        Default = "`UTC`",
        Meaning = "by which clock `window` and `freeze` are told, where a target doesn’t say",
        Help = "By which clock windows and freezes are told, for targets that have no time_zone of their own: an IANA name such as Europe/Berlin. Default: UTC.",
        Schema = TimeKeys.TimeZoneSchema,
        Read = (rules, value) => rules with { TimeZone = TimeKeys.ReadTimeZone(value) },
        Example = "Europe/Berlin",
    };

    public static readonly RuleKey Freeze = new("freeze")
    {
        Value = "list of maps",
        Default = "none",
        Meaning = "when nothing is deployed",
        Help = "When nothing is deployed: days, times or a span of each week, with a reason, and for which environments. What an event brings meanwhile waits. Up to 50.",
        Schema = FreezeKeys.Schema,
        Read = (rules, value) => rules with { Freezes = FreezeKeys.Read(value) },
        Example = "[{ from: 2026-12-19, until: 2027-01-04, reason: Christmas }]",
    };

    public static readonly ImmutableArray<RuleKey> All = [TimeZone, Freeze];

    public static readonly ImmutableArray<string> Known = [.. All.Select(key => key.Name)];

    /// <param name="block">Null: the file has none.</param>
    public static FileRules Read(WrittenValue? block)
    {
        if (block?.Map("a map, such as { time_zone: Europe/Berlin }") is not { } keys)
        {
            return FileRules.None;
        }

        keys.Allow(Known, key => DeployKeys.Known.Contains(key) ? $"belongs to a target: the block {FileRules.Name} holds what is said for the whole file" : null);
        return All.Aggregate(FileRules.None, (rules, key) => keys.Find(key.Name) is { } value ? key.Read(rules, value) : rules);
    }
}
