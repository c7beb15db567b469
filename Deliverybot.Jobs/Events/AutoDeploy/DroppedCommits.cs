using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// Ends the wishes for commits that a branch or tag has left, whatever they wait for. Wishes for heads alone end by themselves
/// (<c>only_latest</c>), so GitHub is asked only about older commits that may still go out.
/// </summary>
internal sealed class DroppedCommits(DeliverybotContext db, WaitingWishes waiting)
{
    /// <summary>A branch was pushed by force, or we have missed how it moved.</summary>
    public async Task EndAsync(RepositoryId repository, GitRef branch, CommitSha head, RepositoryClient github, CancellationToken cancellationToken)
    {
        var wishes = await LeftBehindAsync(repository, branch, head, cancellationToken);
        foreach (var commit in wishes.Where(wish => !TargetJson.Read(wish.TargetDefinition!).OnlyLatest).GroupBy(wish => wish.Sha))
        {
            if (!await github.Commits.ContainsAsync(head, commit.Key, cancellationToken))
            {
                await waiting.CancelAsync(commit, $"{commit.Key.Short} is no longer part of {branch.ShortName}.", cancellationToken);
            }
        }
    }

    /// <summary>A tag has one commit: if it moves, no other is meant.</summary>
    public async Task EndMovedAsync(RepositoryId repository, GitRef tag, CommitSha head, CancellationToken cancellationToken) =>
        await waiting.CancelAsync(
            await LeftBehindAsync(repository, tag, head, cancellationToken), $"{tag.ShortName} was moved to {head.Short}.", cancellationToken);

    private Task<List<Deployment>> LeftBehindAsync(RepositoryId repository, GitRef name, CommitSha head, CancellationToken cancellationToken) =>
        db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.Ref == name && wish.Sha != head && wish.State == DeploymentState.Waiting)
            .ToListAsync(cancellationToken);
}

/// <summary>
/// Ends what waits for a branch or tag that was deleted, and its transient environments. The deletion may be told after the name has come
/// back, even at the same commit, so that GitHub is asked before anything is ended; where there is nothing, that isn't worth a call.
/// </summary>
internal sealed class DeletedRefs(DeliverybotContext db, RefHeads heads, WaitingWishes waiting, TransientEnvironments environments)
{
    /// <param name="move">What is known of it after the deletion was told.</param>
    /// <param name="github">Asked where there is something to end, unless it was already.</param>
    /// <returns>What is known of it now.</returns>
    public async Task<HeadMove> EndAsync(
        RepositoryId repository, GitRef name, HeadMove move, RepositoryClient github, CancellationToken cancellationToken)
    {
        var waits = await db.Deployments.AnyAsync(
            wish => wish.RepositoryId == repository && wish.Ref == name && wish.State == DeploymentState.Waiting, cancellationToken);
        var lives = await environments.HasAnyAsync(repository, name, cancellationToken);
        if (!move.Asked && (waits || lives))
        {
            move = new HeadMove(await heads.AskAsync(repository, name, github, cancellationToken), Asked: true);
        }

        if (move.Head is null && (waits || lives))
        {
            Sentence reason = $"{name.ShortName} was deleted.";
            await waiting.CancelAsync(repository, name, reason, cancellationToken);
            await environments.EndAsync(repository, name, reason, github, cancellationToken);
        }

        return move;
    }
}

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
