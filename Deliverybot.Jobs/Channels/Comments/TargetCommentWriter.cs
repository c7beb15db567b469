using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Keeps the one comment of a pull request and target as the newest wish stands.</summary>
internal sealed class TargetCommentWriter(
    DeliverybotContext db, RepositoryBook repositories, KeptComments comments, TargetComment comment, Unheard unheard)
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

        await using var turn = await comments.TakeTurnAsync(id, number, target, cancellationToken);
        if (await NewestAsync(id, number, target, cancellationToken) is { } wish)
        {
            var isUnheard = (await unheard.AmongAsync(id, [wish], cancellationToken)).Count > 0;
            await comments.KeepAsync(
                repository,
                number,
                target,
                CommentMark.OfTarget(target),
                comment.Of(repository.FullName, wish, isUnheard),
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
            if (TargetComment.TellsOf(wish))
            {
                return wish;
            }
        }

        return null;
    }
}
