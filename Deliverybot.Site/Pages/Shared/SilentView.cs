using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What a person can do about a deployment that is silent.</summary>
/// <param name="MayFail">Whether GitHub has it, and can so be told that it has failed.</param>
/// <param name="Again">By what the same is deployed once more; null where nothing can be.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record SilentView(RepositoryName Repository, DeploymentId Deployment, bool MayFail, AgainView? Again, string ReturnUrl);

/// <summary>What deploys the same once more.</summary>
/// <param name="Ref">The branch or tag that it was wished for; null for the default branch.</param>
internal sealed record AgainView(TargetName Target, CommitSha Sha, GitRef? Ref, string Task)
{
    /// <returns>Null for what others deployed without naming a target of ours.</returns>
    public static AgainView? Of(Deployment row) => row.Target.Value.Length > 0 ? new AgainView(row.Target, row.Sha, row.Ref, row.Task) : null;
}
