using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Pull requests, by the one comment of each target that is edited in place.</summary>
internal sealed class TargetCommentChannel(TargetCommentWriter writer, TakenBack taken) : IChannel
{
    public string Name => "pull_request_comment";

    public bool Wants(Happening change) =>
        change.LeftCommit is null && (IsDoneRollback(change.Wish) || TargetComment.TellsOf(change.Wish) || TargetComment.FoundThere(change.Wish));

    public object SubjectOf(Happening change) =>
        IsDoneRollback(change.Wish) ? change.Wish.Id : (change.Wish.RepositoryId, change.Wish.PullRequest, change.Wish.Target);

    public async Task TellAsync(Happening change, CancellationToken cancellationToken)
    {
        var wish = change.Wish;
        if (!IsDoneRollback(wish))
        {
            await writer.WriteAsync(wish.RepositoryId, wish.PullRequest!.Value, wish.Target, cancellationToken);
            return;
        }

        // It may have been asked for anywhere: whoever brought there what it took away is told.
        foreach (var (number, target) in (await taken.OfPullRequestsAsync(wish, cancellationToken)).Select(row => (row.PullRequest!.Value, row.Target)).Distinct())
        {
            await writer.WriteAsync(wish.RepositoryId, number, target, cancellationToken);
        }
    }

    private static bool IsDoneRollback(Deployment wish) => wish.IsRollback() && wish.State is DeploymentState.Success;
}

/// <summary>Keeps the one comment of a pull request and target as the newest wish stands.</summary>
internal sealed class TargetCommentWriter(
    DeliverybotContext db, KnownRepositories repositories, KeptComments comments, TargetComment comment, Unheard unheard, ForcedPast forced, TakenBack taken)
{
    /// <summary>The first few say it nearly always, and there may be thousands.</summary>
    private const int MostAtOnce = 10;

    /// <summary>Writes what is true now, unless that stands there already.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    public async Task WriteAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        if (await repositories.ConfirmAsync(id, cancellationToken) is not { } repository)
        {
            return;
        }

        var kind = CommentKind.Of(target);
        await using var writing = await comments.TakeToWriteAsync(id, number, kind, cancellationToken);
        if (await NewestAsync(id, number, target, cancellationToken) is { } wish)
        {
            var isUnheard = (await unheard.AmongAsync(id, [wish], cancellationToken)).Count > 0;
            var past = await forced.AmongAsync([wish], cancellationToken);
            await comments.KeepAsync(
                repository,
                number,
                kind,
                comment.Of(repository.FullName, wish, isUnheard, past.GetValueOrDefault(wish.Id), await PastOfAsync(wish, cancellationToken)),
                wish.CreatedAt,
                cancellationToken);
        }
    }

    private async Task<Deployment?> NewestAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == id && row.PullRequest == number && row.Target == target)
            .OrderByDescending(row => row.Id);
        Deployment? cameBack = null;
        Deployment? newest = null;
        for (var page = await wishes.Take(MostAtOnce).ToListAsync(cancellationToken); ; page = await OlderAsync(page[^1].Id))
        {
            foreach (var wish in page)
            {
                if (newest is null && TargetComment.FoundThere(wish))
                {
                    cameBack ??= wish;
                }
                else if (!wish.IsRollback() && TargetComment.TellsOf(wish))
                {
                    newest ??= wish;
                    if (cameBack is null || wish.Sha == cameBack.Sha)
                    {
                        // What the branch came back to counts only where it is there.
                        return cameBack is null || wish.State is DeploymentState.Success ? wish : newest;
                    }
                }
            }

            if (page.Count < MostAtOnce)
            {
                return newest;
            }
        }

        Task<List<Deployment>> OlderAsync(DeploymentId last) => wishes.Where(row => row.Id < last).Take(MostAtOnce).ToListAsync(cancellationToken);
    }

    private async Task<TargetPast> PastOfAsync(Deployment wish, CancellationToken cancellationToken)
    {
        var down = !wish.State.IsUndeployed() || !wish.TransientEnvironment ? null : await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.SucceededAt != null && row.DoesNotCount == null)
            .OrderByDescending(row => row.SucceededAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new TargetPast(await taken.ByAsync(wish, cancellationToken), down is { State: DeploymentState.Inactive } ? down.Sha : null);
    }
}

/// <summary>The release before this one leaves to it what GitHub can't take for a pull request.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.Comments.WriteCommentsJob")]
internal sealed class WriteCommentsJob(DeliverybotContext db, TargetCommentWriter writer, FailureNotice failures)
{
    [JobTitle("Pull request comments of deployment {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is { PullRequest: { } number })
        {
            await writer.WriteAsync(wish.RepositoryId, number, wish.Target, cancellationToken);
            await failures.WriteAsync(wish, cancellationToken);
        }
    }
}
