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
