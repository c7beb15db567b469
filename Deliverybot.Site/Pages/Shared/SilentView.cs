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
/// <param name="Task">What is done; null for the target's own.</param>
/// <param name="PullRequest">The one that it belongs to; null where it goes without.</param>
internal sealed record AgainView(TargetName Target, CommitSha Sha, GitRef? Ref, string? Task, PullRequestNumber? PullRequest)
{
    /// <summary>Whether it isn't the deployment itself that is done again, but the one at an earlier target for which it waits.</summary>
    public bool IsElsewhere { get; private init; }

    /// <param name="failedAt">Where the commit failed (<see cref="FailedEarlier"/>); null where it didn't.</param>
    public static AgainView? At(TargetName? failedAt, Deployment waits) => failedAt is { } target
        ? new AgainView(target, waits.Sha, waits.Ref, Task: null, waits.Ref is null ? waits.PullRequest : null) { IsElsewhere = true }
        : null;

    /// <summary>The same commit at an earlier target, where it failed.</summary>
    public AgainView Before(TargetName earlier) => this with { Target = earlier, Task = null, IsElsewhere = true };

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
