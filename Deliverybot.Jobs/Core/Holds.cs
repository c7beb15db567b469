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
    /// <summary>
    /// In the transaction that writes the rollback's wish. A hold that is there already stays, and begins from what is newer; one that has
    /// changed since it was read is left as it is.
    /// </summary>
    /// <param name="why">The person's reason, or empty.</param>
    public async Task AddAsync(Turn turn, Deployment rollback, LeftHold left, string why, CancellationToken cancellationToken)
    {
        turn.MustCover(rollback);
        if (await Of(rollback).SingleOrDefaultAsync(cancellationToken) is not { } hold)
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = rollback.RepositoryId,
                Environment = rollback.Environment,
                Kind = LockKind.Hold,
                Holder = rollback.RequestedBy,
                Since = rollback.CreatedAt,
                Target = rollback.Target,
                RolledBackFrom = left.Until,
                Reason = why,
            });
        }
        else if (left.Prolongs is { } read && (read.Id, read.RolledBackFrom) == (hold.Id, hold.RolledBackFrom))
        {
            hold.Prolong(left.Until, rollback.CreatedAt);
        }

        await db.SaveChangesAsync(cancellationToken);
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

    /// <summary>
    /// The rollback came to nothing, and so does the hold that it wrote: it goes when the wish's end is saved. One that it prolonged begins
    /// where it began before.
    /// </summary>
    /// <returns>Whether one goes. What it held is to be let go on then (<see cref="Releases"/>).</returns>
    public async Task<bool> TakeBackAsync(Turn turn, Deployment rollback, CancellationToken cancellationToken)
    {
        turn.MustCover(rollback);
        switch (await Of(rollback).SingleOrDefaultAsync(hold => (hold.ProlongedAt ?? hold.Since) == rollback.CreatedAt, cancellationToken))
        {
            case null:
                return false;
            case { ProlongedAt: null } own:
                db.Locks.Remove(own);
                return true;
            case var prolonged:
                prolonged.Shorten();
                return false;
        }
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

/// <summary>The hold that a rollback leaves.</summary>
/// <param name="Until">What is newer than this ends it.</param>
/// <param name="Prolongs">An earlier rollback's hold as it was read, which something older would end.</param>
internal sealed record LeftHold(CommitSha Until, EnvironmentLock? Prolongs);
