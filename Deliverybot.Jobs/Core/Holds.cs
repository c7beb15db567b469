using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// What a rollback leaves behind, so that the next push doesn't undo it. It is written together with the wish, before anything is
/// decided, and bears the wish's time: so it is known whose it is.
/// </summary>
internal sealed class Holds(DeliverybotContext db)
{
    /// <summary>In the transaction that writes the rollback's wish. A hold that is there already stays.</summary>
    public async Task AddAsync(Turn turn, Deployment rollback, CommitSha until, CancellationToken cancellationToken, string why = "")
    {
        turn.MustCover(rollback);
        if (!await Of(rollback).AnyAsync(cancellationToken))
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = rollback.RepositoryId,
                Environment = rollback.Environment,
                Kind = LockKind.Hold,
                Holder = rollback.RequestedBy,
                Since = rollback.CreatedAt,
                Target = rollback.Target,
                RolledBackFrom = until,
                Reason = why,
            });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>
    /// GitHub has made the rollback. A hold for another target is both targets' from then on: no one target's deployment ends it. Saved with
    /// the wish.
    /// </summary>
    public async Task ShareAsync(Turn turn, Deployment rollback, CancellationToken cancellationToken)
    {
        turn.MustCover(rollback);
        if (await Of(rollback).SingleOrDefaultAsync(hold => hold.Target != rollback.Target, cancellationToken) is { } shared)
        {
            shared.Target = null;
        }
    }

    /// <summary>The hold that an environment has had since an earlier rollback.</summary>
    public Task<EnvironmentLock?> FindAsync(RepositoryId repository, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var key = environment.Key;
        return db.Locks.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == repository && row.EnvironmentKey == key && row.Kind == LockKind.Hold, cancellationToken);
    }

    /// <summary>It was rolled back once more, from something newer: only what is newer than that ends the hold now.</summary>
    /// <param name="earlier">As it was read. One that has changed since is left; where it has just ended, the rollback leaves its own.</param>
    /// <exception cref="TurnTakenException">It took too long. It may be done again.</exception>
    public async Task ProlongAsync(EnvironmentLock earlier, Deployment rollback, CommitSha until, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, rollback, cancellationToken);
        turn.MustCover(rollback);
        if (await db.Locks
            .Where(row => row.Id == earlier.Id && row.RolledBackFrom == earlier.RolledBackFrom)
            .ExecuteUpdateAsync(row => row.SetProperty(hold => hold.RolledBackFrom, until), cancellationToken) == 0)
        {
            await AddAsync(turn, rollback, until, cancellationToken);
        }
    }

    /// <summary>The rollback came to nothing, and so does the hold that it wrote: it goes when the wish's end is saved.</summary>
    /// <returns>Whether there is one. What it held is to be let go on then (<see cref="Releases"/>).</returns>
    public async Task<bool> TakeBackAsync(Turn turn, Deployment rollback, CancellationToken cancellationToken)
    {
        turn.MustCover(rollback);
        if (await Of(rollback).SingleOrDefaultAsync(hold => hold.Since == rollback.CreatedAt, cancellationToken) is not { } hold)
        {
            return false;
        }

        db.Locks.Remove(hold);
        return true;
    }

    /// <summary>What ends a hold, as every answer says it after "until".</summary>
    /// <param name="newest">The newest commit that was rolled back from; null where several targets were, or nobody knows.</param>
    public static string Until(CommitSha? newest) => newest is { } commit
        ? $"somebody unlocks it, or has deployed something newer than {commit.Short}"
        : "somebody unlocks it";

    /// <summary>The commit that something must be newer than to end the hold; null: only somebody who unlocks does.</summary>
    public async Task<CommitSha?> EndOfAsync(RepositoryId repository, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var hold = await FindAsync(repository, environment, cancellationToken);
        return hold?.EndsAfter;
    }

    /// <summary>Of the environment that the wish goes to.</summary>
    public IQueryable<EnvironmentLock> Of(Deployment wish) => db.Locks.Where(row =>
        row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.Kind == LockKind.Hold);
}
