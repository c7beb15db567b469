namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A deployment status to write.</summary>
/// <param name="Description">GitHub takes 140 characters at most.</param>
internal sealed record NewDeploymentStatus(
    DeploymentState State,
    string? Description = null,
    Uri? LogUrl = null,
    Uri? EnvironmentUrl = null);
