using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

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
