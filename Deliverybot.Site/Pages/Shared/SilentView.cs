using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What a person can do about a deployment that is silent.</summary>
/// <param name="MayFail">Whether GitHub has it, and can so be told that it has failed.</param>
/// <param name="Again">By what the same is deployed once more; null where nothing can be.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record SilentView(RepositoryName Repository, DeploymentId Deployment, bool MayFail, AgainView? Again, string ReturnUrl);

/// <summary>What deploys the same once more.</summary>
/// <param name="Ref">The branch or tag that it was wished for; null for the default branch.</param>
/// <param name="PullRequest">The one that it belongs to; null where it goes without.</param>
internal sealed record AgainView(TargetName Target, CommitSha Sha, GitRef? Ref, string Task, PullRequestNumber? PullRequest)
{
    /// <returns>Null for what others deployed without naming a target of ours.</returns>
    public static AgainView? Of(Deployment row) =>
        Of(row.Target, row.Sha, row.Ref, row.Task, row.PullRequest, row.TransientEnvironment, row.IsRollback(), row.TargetDefinition);

    /// <param name="pullRequest">Vouches for the commit where the environment goes with it, or where the commit is on no branch of the repository.</param>
    /// <param name="definition">The target as it was deployed; null where others did.</param>
    /// <inheritdoc cref="Of(Deployment)"/>
    public static AgainView? Of(
        TargetName target, CommitSha sha, GitRef? lookedAt, string task, PullRequestNumber? pullRequest, bool isTransient, bool isRollback, string? definition) =>
        target.Value.Length == 0 ? null
        : new AgainView(
            target,
            sha,
            lookedAt,
            task,
            isTransient || (lookedAt is null && !isRollback) || (pullRequest is not null && definition is not null && TargetJson.Read(definition).NamesPullRequest)
                ? pullRequest
                : null);
}
