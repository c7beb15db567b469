using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>A push moves a branch or tag, and deploys it where a target wants that.</summary>
internal sealed class PushHandler(
    RepositoryBook repositories,
    RefHeads heads,
    DroppedCommits dropped,
    AutoDeployments deployments,
    WaitingWishes waiting,
    RulesChange rulesChange,
    GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var push = delivery.Read(EventJson.Default.PushEvent);
        if (await repositories.SeeAsync(push.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        if (await FollowAsync(repository, push, client, cancellationToken) is not { } sha)
        {
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = push.Ref,
                Sha = sha,
                CommittedAt = push.HeadCommit?.Id == sha ? push.HeadCommit.Timestamp : null,
                Trigger = DeploymentTrigger.Push,
                By = new GitHubLogin(push.Sender?.Login ?? "ghost"),
                Delivery = delivery.Guid,
                Wanted = target => target.DeploysOn(push.Ref),
                RulesAt = push.IsToDefaultBranch ? sha : null,
            },
            cancellationToken);
        await waiting.EndOvertakenAsync(repository.Id, push.Ref, sha, cancellationToken);
        await rulesChange.FollowAsync(push, repository, client, cancellationToken);
    }

    /// <summary>Ends what the push leaves behind.</summary>
    /// <returns>The commit to deploy, if there is one.</returns>
    private async Task<CommitSha?> FollowAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken)
    {
        var sha = push.Ref.IsBranch
            ? await FollowBranchAsync(repository, push, client, cancellationToken)
            : await FollowTagAsync(repository, push, client, cancellationToken);
        if (push.Deleted)
        {
            await waiting.CancelAsync(repository.Id, push.Ref, $"{push.Ref.ShortName} was deleted.", cancellationToken);
        }

        return sha;
    }

    private async Task<CommitSha?> FollowBranchAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken)
    {
        CommitSha? before = push.Before.IsZero ? null : push.Before;
        CommitSha? after = push.Deleted ? null : push.Head;
        var move = await heads.MoveAsync(repository.Id, push.Ref, before, after, client, cancellationToken);
        if (move.Head is { } head && (push.Forced || move.Asked))
        {
            await dropped.EndAsync(repository.Id, push.Ref, head, client, cancellationToken);

            // A push that came late may tell of a commit that another has dropped since.
            return after is { } sha && (sha == head || await DroppedCommits.IsInAsync(head, sha, client, cancellationToken)) ? sha : null;
        }

        return after;
    }

    private async Task<CommitSha?> FollowTagAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken)
    {
        if (push.Deleted)
        {
            return null;
        }

        // Where the event names no commit, what was pushed is the tag itself (or no commit at all).
        var sha = push.HeadCommit?.Id ?? await client.Refs.HeadAsync(push.Ref, cancellationToken);
        if (sha is { } commit && !push.Before.IsZero)
        {
            await dropped.EndMovedAsync(repository.Id, push.Ref, commit, cancellationToken);
        }

        return sha;
    }
}
