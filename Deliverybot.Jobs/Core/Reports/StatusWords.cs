using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Core.Reports;

/// <summary>GitHub's words for the state of a deployment (<see href="https://docs.github.com/en/rest/deployments/statuses"/>).</summary>
internal static class StatusWords
{
    /// <remarks>
    /// <c>waiting</c> can't be reported by others: GitHub gives it to the deployment of an Actions job whose environment has reviewers, a
    /// wait timer or other rules (<see href="https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments"/>).
    /// </remarks>
    public static ReportedState Read(string word) => word switch
    {
        "waiting" => new(DeploymentState.Pending, AwaitsApproval: true),
        "queued" or "pending" => new(DeploymentState.Pending),
        "in_progress" => new(DeploymentState.InProgress),
        "success" => new(DeploymentState.Success),
        "failure" => new(DeploymentState.Failure),
        "error" => new(DeploymentState.Error),
        "inactive" => new(DeploymentState.Inactive),
        _ => new(State: null),
    };

    /// <summary>The same, as GitHub's history tells it.</summary>
    public static ReportedState Read(GitHubDeploymentState state) => state switch
    {
        GitHubDeploymentState.Waiting => new(DeploymentState.Pending, AwaitsApproval: true),
        GitHubDeploymentState.Queued or GitHubDeploymentState.Pending => new(DeploymentState.Pending),
        GitHubDeploymentState.InProgress => new(DeploymentState.InProgress),
        GitHubDeploymentState.Success => new(DeploymentState.Success),
        GitHubDeploymentState.Failure => new(DeploymentState.Failure),
        GitHubDeploymentState.Error => new(DeploymentState.Error),
        GitHubDeploymentState.Inactive => new(DeploymentState.Inactive),
        GitHubDeploymentState.Unknown => new(State: null),
    };

    /// <summary>What stands in for the words of whoever reported it, where there are none.</summary>
    public static string? Told(string? description, string? word, ReportedState reported, EnvironmentName environment) => reported switch
    {
        _ when !string.IsNullOrWhiteSpace(description) => description,
        { AwaitsApproval: true } => $"GitHub asks for approval before it goes to {environment}.",
        { State: null } when word is not null => $"GitHub says \"{word}\".",
        _ => null,
    };
}

/// <summary>What a status says of a deployment.</summary>
/// <param name="State">Null for a word that GitHub has added since: it is a sign of life, and no more.</param>
/// <param name="AwaitsApproval">GitHub lets its own job wait.</param>
internal readonly record struct ReportedState(DeploymentState? State, bool AwaitsApproval = false)
{
    /// <summary>What fails while it waits was not approved, or nobody approved it in time.</summary>
    public bool AwaitsApprovalAfter(Deployment before) => State switch
    {
        null or DeploymentState.Failure or DeploymentState.Error or DeploymentState.Inactive => before.AwaitsApproval,
        _ => AwaitsApproval,
    };
}
