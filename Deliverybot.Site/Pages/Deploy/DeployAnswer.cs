using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deploy;

/// <summary>What the person is told, when the wish couldn't simply be carried out.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The outcome in a few words.</param>
/// <param name="Reason">The gate's, or GitHub's, own sentence.</param>
/// <param name="Deployment">The record of it, if there is one.</param>
internal sealed record DeployAnswer(int Status, string Title, string Reason, DeploymentId? Deployment = null)
{
    /// <summary>Whether another click with <c>force</c> may help.</summary>
    public bool MayForce { get; init; }
}
