using Deliverybot.Data.Deploying;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>A group of states to narrow the history down to.</summary>
/// <param name="AwaitsApproval">Only those that GitHub lets wait, or only the others; null: both.</param>
internal sealed record StateChoice(string Value, string Label, IReadOnlyList<DeploymentState> States, bool? AwaitsApproval = null)
{
    public static IReadOnlyList<StateChoice> All { get; } =
    [
        new("waiting", "Waiting", [DeploymentState.Waiting]),
        new("awaits-approval", "Waits for approval", [DeploymentState.Pending], AwaitsApproval: true),
        new("under-way", "Under way", DeploymentStates.Active),
        new("succeeded", "Succeeded", [DeploymentState.Success, DeploymentState.Inactive]),
        new("failed", "Failed", [DeploymentState.Failure, DeploymentState.Error]),
        new("not-deployed", "Not deployed", [DeploymentState.Denied, DeploymentState.Superseded, DeploymentState.Cancelled]),
    ];

    public static StateChoice? Find(string? value) =>
        All.FirstOrDefault(choice => string.Equals(choice.Value, value, StringComparison.OrdinalIgnoreCase));
}
