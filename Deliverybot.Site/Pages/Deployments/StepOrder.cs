using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

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

/// <summary>What a step of a timeline says.</summary>
internal static class StepWords
{
    /// <summary>What GitHub was told by us stands in the row, which knows the people in it.</summary>
    public static Sentence Of(DeploymentStep step, Deployment row) =>
        step.Description is { Length: > 0 } said ? Sentence.Plain(said)
        : step.State is DeploymentState.Inactive && row.State is DeploymentState.Inactive ? row.Reason ?? Sentence.Empty
        : row is { HasFailed: true, Reason: { NamesSomebody: true } marked } && step.State == row.State && step.At == row.EndedAt ? marked
        : Sentence.Empty;
}
