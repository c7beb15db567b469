using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What a rollback to a deployment is asked for with.</summary>
internal sealed record BackView(TargetName Target, DeploymentId Deployment)
{
    /// <returns>Null for what is live, never went well, is a preview, or belongs to no target of ours.</returns>
    public static BackView? Of(
        DeploymentId id, TargetName target, DeploymentState state, bool isLive, bool wasThere, bool isTransient, bool counts) =>
        wasThere && counts && !isLive && !isTransient && target.Value.Length > 0 && (state is DeploymentState.Success or DeploymentState.Inactive)
            ? new BackView(target, id)
            : null;
}
