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
/// request itself brought there.
/// </summary>
internal sealed class RollbackComment(
    DeliverybotContext db, KnownRepositories repositories, KeptComments comments, TargetComment comment) : IChannel
{
    public string Name => "rollback_comment";

    public bool Wants(Happening change) => change.LeftCommit is null && change.Wish.IsRollback() && TargetComment.TellsOf(change.Wish);

    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    public async Task TellAsync(Happening change, CancellationToken cancellationToken)
    {
        var id = change.Wish.Id;
        var number = change.Wish.PullRequest!.Value;
        var kind = CommentKind.OfRollback(id);
        await using var writing = await comments.TakeToWriteAsync(change.Wish.RepositoryId, number, kind, cancellationToken);

        // What is true once it is written, not when it was asked to be.
        if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } wish
            || !TargetComment.TellsOf(wish)
            || await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        // That it went is no news of its own: where somebody has removed the comment, or a release told of it that had none, none is made.
        await comments.KeepAsync(
            repository, number, kind, comment.Of(repository.FullName, wish), wish.CreatedAt, cancellationToken, onlyEdits: wish.State is DeploymentState.Inactive);
    }
}
