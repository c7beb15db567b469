using Deliverybot.Data.Deploying;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>The steps of a deployment in the order of their times; those that GitHub tells of one second, as they follow from each other.</summary>
internal static class StepOrder
{
    /// <returns>The oldest first.</returns>
    public static IEnumerable<DeploymentStep> Of(IEnumerable<DeploymentStep> steps) =>
        steps.OrderBy(step => step.At).ThenBy(step => Rank(step.State)).ThenBy(step => step.Id);

    private static int Rank(DeploymentState state) => state switch
    {
        DeploymentState.Waiting or DeploymentState.Creating => 0,
        DeploymentState.Pending => 1,
        DeploymentState.InProgress => 2,
        DeploymentState.Success or DeploymentState.Failure or DeploymentState.Error => 3,
        DeploymentState.Inactive or DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled => 4,
    };
}
