using Deliverybot.Data.Deploying;

namespace Deliverybot.Jobs.Statuses;

/// <summary>GitHub's words for the state of a deployment (<see href="https://docs.github.com/en/rest/deployments/statuses"/>).</summary>
internal static class StatusWords
{
    /// <summary>Null for a word that GitHub has added since.</summary>
    public static DeploymentState? Read(string word) => word switch
    {
        "queued" or "pending" or "waiting" => DeploymentState.Pending,
        "in_progress" => DeploymentState.InProgress,
        "success" => DeploymentState.Success,
        "failure" => DeploymentState.Failure,
        "error" => DeploymentState.Error,
        "inactive" => DeploymentState.Inactive,
        _ => null,
    };
}
