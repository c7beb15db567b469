using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Deploying;

/// <summary>What a target would do now, if a person asked.</summary>
internal abstract record Prospect
{
    private Prospect(Target target) => Target = target;

    public Target Target { get; }

    /// <summary>It would be deployed.</summary>
    public sealed record Ready(Target Of, EnvironmentName Environment) : Prospect(Of);

    /// <summary>A gate would refuse it.</summary>
    public sealed record Held(Target Of, EnvironmentName Environment, GateVerdict By) : Prospect(Of)
    {
        /// <summary>Whether <c>force</c> would pass that gate.</summary>
        public bool YieldsToForce => Overridden.Yields(By.Gate);
    }

    /// <summary>Its templates can't be filled in for this commit.</summary>
    public sealed record Impossible(Target Of, string Reason) : Prospect(Of);
}
