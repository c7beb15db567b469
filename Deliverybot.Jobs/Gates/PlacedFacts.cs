using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>A deployment that is live in, on its way to, or in line for an environment.</summary>
internal sealed record PlacedFacts(
    DeploymentId Id,
    TargetName Target,
    CommitSha Sha,
    string Task,
    GitHubLogin RequestedBy,
    bool External);
