using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>
/// Follows the branches by what pushes tell, which costs no call. A push that doesn't begin where we think the branch is
/// (one came late, or was lost) makes us ask GitHub once.
/// </summary>
internal sealed class RefHeads(DeliverybotContext db, TimeProvider time)
{
    /// <summary>What was heard longer ago isn't relied on: the push that says otherwise may have been lost.</summary>
    private static readonly TimeSpan Relied = TimeSpan.FromMinutes(10);

    public async Task MoveAsync(RepositoryId repository, PushEvent push, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (!push.Ref.IsBranch || await FollowAsync(repository, push, cancellationToken))
        {
            return;
        }

        var head = await github.Refs.HeadAsync(push.Ref, cancellationToken);
        await SetAsync(repository, push.Ref, head, cancellationToken);
    }

    /// <summary>Asks GitHub where the branch of an old wish points, if nothing has been heard of that lately either.</summary>
    /// <returns>Whether GitHub was asked.</returns>
    public async Task<bool> RefreshAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - Relied;
        if (wish.Ref is not { IsBranch: true } name || wish.CreatedAt > old)
        {
            return false;
        }

        if (await db.RefHeads.AnyAsync(row => row.RepositoryId == wish.RepositoryId && row.Ref == name && row.SeenAt > old, cancellationToken))
        {
            return false;
        }

        var head = await github.Refs.HeadAsync(name, cancellationToken);
        await SetAsync(wish.RepositoryId, name, head, cancellationToken);
        return true;
    }

    /// <summary>Writes down what GitHub says of a branch.</summary>
    public Task SetAsync(RepositoryId repository, GitRef name, CommitSha? head, CancellationToken cancellationToken)
    {
        return db.Database.ExecuteSqlAsync(
            $"""
             insert into ref_heads (repository_id, ref, sha, seen_at) values ({repository.Value}, {name.Value}, {head?.Value}, {time.GetUtcNow()})
             on conflict (repository_id, ref) do update set sha = excluded.sha, seen_at = excluded.seen_at
             """,
            cancellationToken);
    }

    /// <summary>Takes the step from <c>before</c> to <c>after</c>, if the branch is where the push began or where it ended; a new branch begins here.</summary>
    private async Task<bool> FollowAsync(RepositoryId repository, PushEvent push, CancellationToken cancellationToken)
    {
        var after = push.Deleted ? null : push.After.Value;
        var before = push.Before.IsZero ? null : push.Before.Value;
        return await db.Database.ExecuteSqlAsync(
            $"""
             insert into ref_heads (repository_id, ref, sha, seen_at) values ({repository.Value}, {push.Ref.Value}, {after}, {time.GetUtcNow()})
             on conflict (repository_id, ref) do update set sha = excluded.sha, seen_at = excluded.seen_at
             where ref_heads.sha is not distinct from {before} or ref_heads.sha is not distinct from {after}
             """,
            cancellationToken) == 1;
    }
}
