using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A step that whoever deploys has reported.</summary>
internal sealed record GitHubDeploymentStatus(
    long Id,
    DeploymentState State,
    string? Description,
    string? LogUrl,
    string? EnvironmentUrl,
    GitHubAccount? Creator,
    DateTimeOffset? CreatedAt);
