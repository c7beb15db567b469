using System.Collections.Immutable;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>The targets of a sound <c>deploy.yml</c>, in the order of the file.</summary>
internal sealed class DeployTargets(ImmutableArray<Target> targets)
{
    private readonly Dictionary<TargetName, Target> byName = targets.ToDictionary(target => target.Name);

    public ImmutableArray<Target> All { get; } = targets;

    public Target? Find(TargetName name) => byName.GetValueOrDefault(name);

    /// <summary>The targets that name this one under <c>after</c>.</summary>
    public IEnumerable<Target> Following(TargetName name) => All.Where(target => target.After.Contains(name));
}

/// <summary>A target that a person named, as <c>deploy.yml</c> has it.</summary>
internal abstract record TargetChoice
{
    private TargetChoice()
    {
    }

    public sealed record Found(Target Target) : TargetChoice;

    /// <summary>There is none of that name, or no sound file at all.</summary>
    public sealed record Unknown(string Reason) : TargetChoice;

    public static TargetChoice From(DeployFileState state, TargetName name) => state switch
    {
        DeployFileState.Valid { Targets: var targets } when targets.Find(name) is { } target => new Found(target),
        DeployFileState.Valid { Targets: var targets } =>
            new Unknown($"{DeployFiles.Path} has no target {name}. It has: {string.Join(", ", targets.All.Select(target => target.Name))}."),
        _ => new Unknown(state.Fault!),
    };
}
