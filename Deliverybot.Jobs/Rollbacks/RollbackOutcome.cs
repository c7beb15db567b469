using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Rollbacks;

/// <summary>What a person who rolls back is told.</summary>
internal abstract record RollbackOutcome
{
    private RollbackOutcome()
    {
    }

    /// <summary>What every answer says.</summary>
    public abstract string Sentence { get; }

    /// <summary>GitHub has made the deployment, and the environment is held.</summary>
    public sealed record UnderWay(DeploymentId Id, EnvironmentName Environment, CommitSha To) : RollbackOutcome
    {
        public override string Sentence =>
            $"{Environment} goes back to {To.Short}. Automatic deployments are held until somebody unlocks it or deploys forward.";
    }

    /// <summary>A lock or GitHub said no.</summary>
    /// <param name="Id">The row that keeps what each gate said.</param>
    /// <param name="Reason">The sentence.</param>
    /// <param name="Gate">The gate's name; null where GitHub said no.</param>
    public sealed record Refused(DeploymentId Id, string Reason, string? Gate) : RollbackOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>Nothing was live there before.</summary>
    public sealed record NothingBefore(string Reason) : RollbackOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>There is no such target or environment.</summary>
    public sealed record Unknown(string Reason) : RollbackOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>GitHub can't be used now.</summary>
    public sealed record Unavailable(string Reason) : RollbackOutcome
    {
        public override string Sentence => Reason;
    }
}
