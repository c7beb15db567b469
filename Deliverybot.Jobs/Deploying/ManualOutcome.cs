using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Deploying;

/// <summary>What a person is told.</summary>
internal abstract record ManualOutcome
{
    private ManualOutcome()
    {
    }

    /// <summary>GitHub has made the deployment.</summary>
    public sealed record Deployed(DeploymentId Id) : ManualOutcome;

    /// <summary>A gate or GitHub said no; the sentence says why.</summary>
    /// <param name="Id">The row that keeps what each gate said.</param>
    /// <param name="Reason">The sentence.</param>
    /// <param name="Gate">The gate's name; null where GitHub said no.</param>
    public sealed record Refused(DeploymentId Id, string Reason, string? Gate) : ManualOutcome
    {
        /// <summary>Whether <c>force</c> would pass that gate.</summary>
        public bool YieldsToForce => Overridden.Yields(Gate);
    }

    /// <summary>Nothing of that name can be deployed: target, commit or the whole <c>deploy.yml</c>.</summary>
    public sealed record Unknown(string Reason) : ManualOutcome;

    /// <summary>GitHub was asked, and its answer was lost: the row says in a minute what became of it.</summary>
    public sealed record Unsure(DeploymentId Id, string Reason) : ManualOutcome;

    /// <summary>GitHub can't be used now.</summary>
    public sealed record Unavailable(string Reason) : ManualOutcome;
}
