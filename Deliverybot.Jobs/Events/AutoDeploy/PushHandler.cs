using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>A push moves a branch or tag, and deploys it where a target wants that.</summary>
internal sealed class PushHandler(
    KnownRepositories repositories,
    RefHeads heads,
    TagMoves tags,
    DeletedRefs deleted,
    DroppedCommits dropped,
    AutoDeployments deployments,
    WaitingWishes waiting,
    PushedRules pushedRules,
    GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var push = delivery.Read(EventJson.Default.PushEvent);
        if (await repositories.SeeAsync(push.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        if (await FollowAsync(repository, push, client, cancellationToken) is not { } pushed)
        {
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = push.Ref,
                Sha = pushed.Sha,
                CommittedAt = push.HeadCommit?.Id == pushed.Sha ? push.HeadCommit.Timestamp : null,
                Cause = DeploymentCause.Push,
                By = EventAccount.UserOf(push.Sender),
                Delivery = delivery.Guid,
                CameLate = pushed.CameLate,
                WasKnown = pushed.WasKnown,
                Wanted = target => target.DeploysOn(push.Ref),
                RulesAt = push.IsToDefaultBranch ? pushed.Head : null,
            },
            cancellationToken);
        await waiting.MovedOnAsync(repository.Id, push.Ref, pushed.Sha, pushed.Past, pushed.Head, cancellationToken);
        await pushedRules.FollowAsync(push, pushed.Head, repository, client, cancellationToken);
    }

    /// <summary>Ends what the push leaves behind.</summary>
    /// <returns>The commit to deploy, if there is one.</returns>
    private Task<Pushed?> FollowAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken) =>
        push.Ref.IsBranch
            ? FollowBranchAsync(repository, push, client, cancellationToken)
            : FollowTagAsync(repository, push, client, cancellationToken);

    private async Task<Pushed?> FollowBranchAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken)
    {
        CommitSha? before = push.Before.IsZero ? null : push.Before;
        CommitSha? after = push.Deleted ? null : push.Head;
        var move = await heads.MoveAsync(repository.Id, push.Ref, before, after, client, cancellationToken);
        if (push.Deleted)
        {
            move = await deleted.EndAsync(repository.Id, push.Ref, move, EventAccount.UserOf(push.Sender), client, cancellationToken);
        }

        CommitSha? past = move.Asked || move.WasKnown ? null : push.Before;
        if (move.Head is { } head && (push.Forced || move.Asked))
        {
            await dropped.EndAsync(repository.Id, push.Ref, head, client, cancellationToken);

            // A push that came late may tell of a commit that another has dropped since.
            return after is { } sha && (sha == head || await client.Commits.ContainsAsync(head, sha, cancellationToken))
                ? new Pushed(sha, head, past, move.IsPast(sha), move.WasKnown)
                : null;
        }

        return after is { } moved ? new Pushed(moved, moved, past, CameLate: false, move.WasKnown) : null;
    }

    private async Task<Pushed?> FollowTagAsync(Repository repository, PushEvent push, RepositoryClient client, CancellationToken cancellationToken)
    {
        if (push.Deleted)
        {
            var move = await deleted.EndAsync(repository.Id, push.Ref, new HeadMove(Head: null, Asked: false), EventAccount.UserOf(push.Sender), client, cancellationToken);
            await heads.SeeTagAsync(repository.Id, push.Ref, move.Head, cancellationToken);
            return null;
        }

        var sha = await tags.FollowAsync(repository.Id, push, client, cancellationToken);
        if (sha is not null)
        {
            await heads.SeeTagAsync(repository.Id, push.Ref, sha, cancellationToken);
        }

        return sha is { } tagged ? new Pushed(tagged, tagged, push.Before, CameLate: false, WasKnown: false) : null;
    }

    /// <param name="Sha">The commit to deploy.</param>
    /// <param name="Head">Where the branch or tag is now.</param>
    /// <param name="Past">Where it was before; null where several pushes may have come between.</param>
    /// <param name="CameLate">Newer pushes are known already.</param>
    /// <param name="WasKnown">The branch was known to be there.</param>
    private sealed record Pushed(CommitSha Sha, CommitSha Head, CommitSha? Past, bool CameLate, bool WasKnown);
}
