using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Core;

/// <summary>What a target would do now, if a person asked.</summary>
internal abstract record Prospect
{
    private Prospect(Target target) => Target = target;

    public Target Target { get; }

    /// <summary>It would be deployed.</summary>
    /// <param name="Of">The target.</param>
    /// <param name="Environment">Where to.</param>
    /// <param name="IsHeld">Since a rollback: that stops events alone.</param>
    public sealed record Ready(Target Of, EnvironmentName Environment, bool IsHeld = false) : Prospect(Of);

    /// <summary>A gate would refuse it.</summary>
    /// <param name="Of">The target.</param>
    /// <param name="Environment">Where it would have gone.</param>
    /// <param name="By">What the gate would say.</param>
    /// <param name="YieldsToForce">Whether <c>force</c> would pass that gate.</param>
    public sealed record Held(Target Of, EnvironmentName Environment, GateVerdict By, bool YieldsToForce) : Prospect(Of);

    /// <summary>Its templates can't be filled in for this commit.</summary>
    public sealed record Impossible(Target Of, string Reason) : Prospect(Of);
}
