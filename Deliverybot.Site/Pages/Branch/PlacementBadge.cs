using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>A commit in an environment: how its last deployment there stands, and why.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Deployment">The last one of that commit.</param>
/// <param name="State">How that stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsPreview">Whether the environment goes with its pull request: the tab of the browser doesn't tell of those.</param>
internal sealed record PlacementBadge(EnvironmentName Environment, DeploymentId Deployment, StateView State, string? Reason, bool IsPreview)
{
    public PageState? Page => IsPreview ? null : State.Page;
}
