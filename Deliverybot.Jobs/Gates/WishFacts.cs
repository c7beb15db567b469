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

/// <summary>What is known of the name of a wish's branch or tag. No gate decides on it: it is what GitHub is asked by.</summary>
/// <param name="At">Where the branch or tag stands, as far as it was told; null: unknown, or gone.</param>
/// <param name="IsShared">A branch and a tag are called so.</param>
internal sealed record NameFacts(CommitSha? At, bool IsShared);

/// <summary>A deployment that is live in, on its way to, or in line for an environment.</summary>
/// <param name="AwaitsApproval">GitHub lets it wait, for its own reviewers or for a time: it is known why nothing is heard of it.</param>
/// <param name="Silent">Nothing has been heard of it for so long that it gives up its place in the queue.</param>
internal sealed record PlacedFacts(
    DeploymentId Id,
    TargetName Target,
    CommitSha Sha,
    string Task,
    GitHubUser RequestedBy,
    bool External,
    bool AwaitsApproval = false,
    bool Silent = false)
{
    /// <summary>When something was heard of it last.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>GitHub hasn't answered yet whether it makes it.</summary>
    public bool IsAttempt { get; init; }
}
