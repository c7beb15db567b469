using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// Follows tags by the wishes for them, since only a tag that was wanted can go wrong. A tag's commits have no order, so an event that
/// doesn't begin at the newest wish (one came late, or was lost) makes us ask GitHub where the tag is.
/// </summary>
internal sealed class TagMoves(DeliverybotContext db, DroppedCommits dropped)
{
    /// <summary>Ends the wishes for the commits that the tag has left.</summary>
    /// <returns>The commit to deploy; null: there is none (any more), or the tag has moved on and the event came late.</returns>
    public async Task<CommitSha?> FollowAsync(RepositoryId repository, PushEvent push, RepositoryClient github, CancellationToken cancellationToken)
    {
        var told = push.HeadCommit?.Id;
        var isInOrder = told is { } sha && await IsInOrderAsync(repository, push, sha, cancellationToken);

        // Where the event names no commit, what was pushed is the tag itself (or no commit at all).
        var head = isInOrder ? told : await github.Refs.HeadAsync(push.Ref, cancellationToken);
        if (head is { } now && !(isInOrder && push.Before.IsZero))
        {
            await dropped.EndMovedAsync(repository, push.Ref, now, cancellationToken);
        }

        return told is null || told == head ? head : null;
    }

    /// <summary>Nothing is known of the tag, or it was where the event began; or the event was heard before. An annotated tag begins at no commit.</summary>
    private async Task<bool> IsInOrderAsync(RepositoryId repository, PushEvent push, CommitSha told, CancellationToken cancellationToken)
    {
        var newest = await db.Deployments.AsNoTracking()
            .Where(wish => wish.RepositoryId == repository && wish.Ref == push.Ref)
            .Where(wish => wish.Cause == DeploymentCause.Push || wish.Cause == DeploymentCause.Release)
            .OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id)
            .Select(wish => new { wish.Sha })
            .FirstOrDefaultAsync(cancellationToken);
        return newest is null || newest.Sha == told || newest.Sha == push.Before;
    }
}
