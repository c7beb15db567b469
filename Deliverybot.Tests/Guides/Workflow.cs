using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;
using Shouldly;

namespace Deliverybot.Tests.Guides;

/// <summary>
/// A GitHub Actions workflow of a guide (<see href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax"/>).
/// A key that isn't read here throws, so that nothing in a guide goes unplayed.
/// </summary>
/// <param name="On">The events that run it, each with its activity types (none given: all).</param>
/// <param name="Permissions">Of its token.</param>
internal sealed record Workflow(
    ImmutableDictionary<string, ImmutableArray<string>> On, ImmutableDictionary<string, string> Permissions, ImmutableDictionary<string, string> Env, ImmutableArray<Workflow.Job> Jobs)
{
    public static Workflow Read(string text)
    {
        var errors = new DeployFileErrors();
        var root = new YamlComposer(text, errors).Compose().ShouldBeOfType<YamlNode.Map>();
        errors.Count.ShouldBe(0, text);
        var keys = Known(root, "name", "on", "permissions", "env", "jobs");
        return new Workflow(
            Events(keys["on"]), Texts(keys.GetValueOrDefault("permissions")), Texts(keys.GetValueOrDefault("env")),
            [.. keys["jobs"].ShouldBeOfType<YamlNode.Map>().Entries.Select(entry => JobOf(entry.Key.Text, entry.Value.ShouldBeOfType<YamlNode.Map>()))]);
    }

    public bool RunsFor(string happened, string action) => On.TryGetValue(happened, out var types) && (types.Length == 0 || types.Contains(action));

    private static Job JobOf(string name, YamlNode.Map map)
    {
        var keys = Known(map, "name", "if", "runs-on", "env", "steps");
        keys.ShouldContainKey("runs-on", name);
        return new Job(
            name, TextOf(keys.GetValueOrDefault("if")), Texts(keys.GetValueOrDefault("env")),
            [.. keys["steps"].ShouldBeOfType<YamlNode.List>().Items.Select(item => StepOf(item.ShouldBeOfType<YamlNode.Map>()))]);
    }

    private static Step StepOf(YamlNode.Map map)
    {
        var keys = Known(map, "name", "if", "uses", "with", "env", "run");
        var step = new Step(
            TextOf(keys.GetValueOrDefault("if")), TextOf(keys.GetValueOrDefault("uses")), TextOf(keys.GetValueOrDefault("run")),
            Texts(keys.GetValueOrDefault("with")), Texts(keys.GetValueOrDefault("env")));
        (step.Uses is null).ShouldNotBe(step.Run is null, "a step either runs or uses something");
        return step;
    }

    private static Dictionary<string, YamlNode> Known(YamlNode.Map map, params string[] known)
    {
        map.Entries.Select(entry => entry.Key.Text).ShouldBeSubsetOf(known);
        return map.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value);
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Events(YamlNode on) => on switch
    {
        YamlNode.Scalar one => ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(one.Text, []),
        YamlNode.List several => several.Items.ToImmutableDictionary(item => TextOf(item)!, _ => ImmutableArray<string>.Empty),
        YamlNode.Map map => map.Entries.ToImmutableDictionary(entry => entry.Key.Text, entry => entry.Value is YamlNode.Map filter
            ? [.. Known(filter, "types")["types"].ShouldBeOfType<YamlNode.List>().Items.Select(item => TextOf(item)!)]
            : ImmutableArray<string>.Empty),
        _ => throw new NotSupportedException($"on is {on.Kind}"),
    };

    private static ImmutableDictionary<string, string> Texts(YamlNode? map) =>
        (map as YamlNode.Map)?.Entries.ToImmutableDictionary(entry => entry.Key.Text, entry => TextOf(entry.Value)!) ?? ImmutableDictionary<string, string>.Empty;

    private static string? TextOf(YamlNode? node) => node is null ? null : node.ShouldBeOfType<YamlNode.Scalar>().Text;

    internal sealed record Job(string Name, string? If, ImmutableDictionary<string, string> Env, ImmutableArray<Step> Steps);

    internal sealed record Step(string? If, string? Uses, string? Run, ImmutableDictionary<string, string> With, ImmutableDictionary<string, string> Env);
}
