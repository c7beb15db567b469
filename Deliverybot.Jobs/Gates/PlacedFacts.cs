using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>A deployment that is live in, on its way to, or in line for an environment.</summary>
/// <param name="Silent">Nothing has been heard of it for so long that it gives up its place in the queue.</param>
internal sealed record PlacedFacts(
    DeploymentId Id,
    TargetName Target,
    CommitSha Sha,
    string Task,
    GitHubLogin RequestedBy,
    bool External,
    bool Silent = false);
