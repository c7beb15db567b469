namespace Deliverybot.Data.Deploying;

/// <summary>The groups of states that gates and pages ask for.</summary>
public static class DeploymentStates
{
    /// <summary>On its way at GitHub: takes the slot of a queued environment.</summary>
    public static readonly DeploymentState[] Active = [DeploymentState.Creating, DeploymentState.Pending, DeploymentState.InProgress];

    /// <summary>It was created at GitHub, whatever came of it.</summary>
    public static readonly DeploymentState[] Created =
    [
        DeploymentState.Pending, DeploymentState.InProgress, DeploymentState.Success,
        DeploymentState.Failure, DeploymentState.Error, DeploymentState.Inactive,
    ];

    public static bool IsActive(this DeploymentState state) => Active.Contains(state);

    /// <summary>It ended before GitHub made a deployment of it.</summary>
    public static bool IsUndeployed(this DeploymentState state) =>
        state is DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled;

    /// <summary>It ended before anything of it began, so that its environment is as it was.</summary>
    /// <param name="awaitsApproval"><see cref="Deployment.AwaitsApproval"/>: nobody has approved it.</param>
    public static bool CameToNothing(this DeploymentState state, bool awaitsApproval) =>
        state.IsUndeployed() || (awaitsApproval && state is (DeploymentState.Failure or DeploymentState.Error));
}
