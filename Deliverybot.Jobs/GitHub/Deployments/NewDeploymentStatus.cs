namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A deployment status to write.</summary>
/// <param name="Description">GitHub takes 140 characters at most.</param>
/// <param name="AutoInactive">Whether earlier deployments of the environment become inactive on success; GitHub's default is yes.</param>
internal sealed record NewDeploymentStatus(
    DeploymentState State,
    string? Description = null,
    Uri? LogUrl = null,
    Uri? EnvironmentUrl = null,
    bool? AutoInactive = null);
