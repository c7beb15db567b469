using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>What is wished for.</summary>
internal sealed record WishFacts(
    DeploymentId Id,
    Target Target,
    EnvironmentName Environment,
    GitRef? Ref,
    CommitSha Sha,
    string Task,
    DeploymentOrigin Origin,
    GitHubUser RequestedBy,
    bool Force)
{
    /// <summary>When it was wished for; one that is no row comes after all others.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>An event wished for it: where a gate says wait, it waits.</summary>
    public bool IsAutomatic => Origin.Cause.IsAutomatic();

    public bool IsRollback => Origin.Act is DeploymentAct.Rollback;

    /// <summary>It passes the gates that keep order, but never a lock.</summary>
    public bool Overrides => Force || IsRollback;
}
