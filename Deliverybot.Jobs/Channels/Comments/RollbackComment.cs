using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>
/// A rollback of which a pull request is told has a comment of its own, which follows it: that of the target is the record of what the pull
/// request itself brought there. There are few of them, so that each is looked for instead of being remembered.
/// </summary>
internal sealed class RollbackComment(
    DeliverybotContext db, KnownRepositories repositories, Conversations conversations, TargetComment comment) : IChannel
{
    public string Name => "rollback_comment";

    public bool Wants(Happening change) => change.LeftCommit is null && change.Wish.IsRollback() && TargetComment.TellsOf(change.Wish);

    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    public async Task TellAsync(Happening change, CancellationToken cancellationToken)
    {
        var id = change.Wish.Id;
        await using var turn = await AdvisoryLock.TakeAsync(db, change.Wish.RepositoryId, $"comment on rollback {id}", cancellationToken);

        // What is true once it is written, not when it was asked to be.
        if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { PullRequest: { } number } wish
            || !TargetComment.TellsOf(wish)
            || await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var conversation = conversations.Of(repository, number);
        var mark = CommentMark.OfRollback(id);
        var text = comment.Of(repository.FullName, wish);
        var there = await conversation.ReadAsync(mark, wish.CreatedAt, cancellationToken);
        if (there is null && wish.State is DeploymentState.Inactive)
        {
            // Somebody has removed it, or a release told it that had no such comments. That it went is no news of its own.
            return;
        }

        if (there?.Body != CommentBody.Of(text, mark.ToString())
            && (there is null || !await conversation.EditAsync(there.Id, text, mark, cancellationToken)))
        {
            await conversation.SayAsync(text, mark, cancellationToken);
        }
    }
}
