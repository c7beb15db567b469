using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Which deployments that others make count for a target's environment. What is left empty restricts nothing.</summary>
internal sealed record ExternalRule
{
    /// <summary>None does.</summary>
    public static ExternalRule Nothing { get; } = new() { IsNothing = true };

    public bool IsNothing { get; init; }

    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>Logins, whose case doesn't matter.</summary>
    public ImmutableArray<string> Creators { get; init; } = [];

    /// <summary>Of those that jobs file: what their workflow runs for.</summary>
    public ImmutableArray<string> Events { get; init; } = [];
}

internal static class ExternalKeys
{
    private static readonly string[] Known = ["tasks", "creators", "events"];

    public static ExternalRule? Read(WrittenValue value)
    {
        if (value.Node is YamlNode.Scalar { Type: ScalarKind.Flag } flag && !CoreSchema.IsTrue(flag.Text))
        {
            return ExternalRule.Nothing;
        }

        if (value.Map("false, or a map such as { events: [push] }") is not { } keys)
        {
            return null;
        }

        keys.Allow(Known, _ => null);
        return new ExternalRule
        {
            Tasks = Texts("tasks"),
            Creators = Texts("creators"),
            Events = Texts("events"),
        };

        ImmutableArray<string> Texts(string key) => [.. keys.Find(key)?.OneOrMore(item => item.Text()).Distinct() ?? []];
    }
}
