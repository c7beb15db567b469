using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A deployment that waits for an environment, is on its way to it, or failed there.</summary>
/// <param name="MayCancel">Whether it has not gone out yet.</param>
internal sealed record WayView(
    DeploymentId Deployment,
    CommitSha Sha,
    string? Headline,
    GitHubLogin By,
    StateView State,
    string? Reason,
    DateTimeOffset Since,
    bool MayCancel);
