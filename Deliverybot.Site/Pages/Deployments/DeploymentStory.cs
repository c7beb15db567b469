using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>One deployment with all that happened to it.</summary>
/// <param name="Deployment">As it is now.</param>
/// <param name="State">How that looks.</param>
/// <param name="Steps">Each change of its state, the newest first.</param>
/// <param name="Decision">What each gate said last; null where no gate was asked.</param>
/// <param name="EarlierDecisions">What they said before, the newest first.</param>
/// <param name="BackTo">What a rollback went back to.</param>
internal sealed record DeploymentStory(
    Deployment Deployment,
    StateView State,
    IReadOnlyList<DeploymentStep> Steps,
    Evaluation? Decision,
    IReadOnlyList<Evaluation> EarlierDecisions,
    Deployment? BackTo)
{
    /// <summary>What was sent to GitHub, as people read it; null where nothing was.</summary>
    public string? Payload => PrettyJson.Of(Deployment.Payload);
}
