using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A deployment that waits for an environment, is on its way to it, or failed there.</summary>
/// <param name="Ref">The branch or tag that it was wished for.</param>
/// <param name="MayCancel">Whether it has not gone out yet.</param>
/// <param name="AwaitsPromotion">Whether somebody's word is among what it waits for.</param>
internal sealed record WayView(
    DeploymentId Deployment,
    CommitSha Sha,
    GitRef? Ref,
    string? Headline,
    GitHubLogin By,
    StateView State,
    string? Reason,
    DateTimeOffset Since,
    bool MayCancel,
    bool AwaitsPromotion);
