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
internal sealed class TargetCommentChannel(TargetCommentWriter writer) : IChannel
{
    public string Name => "pull_request_comment";

    public bool Wants(Happening change) => change.LeftCommit is null && TargetComment.TellsOf(change.Wish);

    public object SubjectOf(Happening change) => (change.Wish.RepositoryId, change.Wish.PullRequest, change.Wish.Target);

    public Task TellAsync(Happening change, CancellationToken cancellationToken) =>
        writer.WriteAsync(change.Wish.RepositoryId, change.Wish.PullRequest!.Value, change.Wish.Target, cancellationToken);
}

/// <summary>Keeps the one comment of a pull request and target as the newest wish stands.</summary>
internal sealed class TargetCommentWriter(
    DeliverybotContext db, KnownRepositories repositories, KeptComments comments, TargetComment comment, Unheard unheard, ForcedPast forced)
{
    /// <summary>Writes what is true now, unless that stands there already.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    public async Task WriteAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        if (await repositories.ConfirmAsync(id, cancellationToken) is not { } repository)
        {
            return;
        }

        await using var writing = await comments.TakeToWriteAsync(id, number, target, cancellationToken);
        if (await NewestAsync(id, number, target, cancellationToken) is { } wish)
        {
            var isUnheard = (await unheard.AmongAsync(id, [wish], cancellationToken)).Count > 0;
            var past = await forced.AmongAsync([wish], cancellationToken);
            await comments.KeepAsync(
                repository,
                number,
                target,
                CommentMark.OfTarget(target),
                comment.Of(repository.FullName, wish, isUnheard, past.GetValueOrDefault(wish.Id)),
                wish.CreatedAt,
                cancellationToken);
        }
    }

    private async Task<Deployment?> NewestAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == id && row.PullRequest == number && row.Target == target)
            .OrderByDescending(row => row.Id)
            .AsAsyncEnumerable();
        await foreach (var wish in wishes.WithCancellation(cancellationToken))
        {
            if (!wish.IsRollback() && TargetComment.TellsOf(wish))
            {
                return wish;
            }
        }

        return null;
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
