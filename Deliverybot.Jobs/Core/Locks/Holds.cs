using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>
/// What a rollback leaves behind, so that the next push doesn't undo it. It is written together with the wish, before anything is
/// decided, and bears the wish's time: so it is known whose it is.
/// </summary>
internal sealed class Holds(DeliverybotContext db, LockEnds ends, IBackgroundJobClientV2 jobs)
{
    /// <summary>In the transaction that writes the rollback's wish. A hold that is there already stays.</summary>
    public async Task AddAsync(Turn turn, Deployment rollback, CommitSha from, CancellationToken cancellationToken)
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
                RolledBackFrom = from,
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

    /// <summary>The rollback came to nothing, and so does the hold that it wrote: it goes when the wish's end is saved.</summary>
    /// <returns>Whether there is one. What it held is to be let go on then, by <see cref="Release"/>.</returns>
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

    public void Release(Deployment rollback) => ends.Release(rollback.RepositoryId, rollback.EnvironmentKey);

    /// <summary>What a person has deployed since then succeeded: whether it is newer than what was rolled back is asked of GitHub by a job.</summary>
    public async Task ReachedAsync(Deployment forward, CancellationToken cancellationToken)
    {
        if (await FindAsync(forward, cancellationToken) is not null)
        {
            jobs.Enqueue<DeployedForwardJob>(job => job.RunAsync(forward.Environment.Value, forward.Id.Value, CancellationToken.None));
        }
    }

    /// <summary>The commit that something must be newer than to end the hold; null: only somebody who unlocks does.</summary>
    public async Task<CommitSha?> EndOfAsync(RepositoryId repository, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var key = environment.Key;
        var hold = await db.Locks.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == repository && row.EnvironmentKey == key && row.Kind == LockKind.Hold, cancellationToken);
        return hold?.EndsAfter;
    }

    /// <summary>The hold that a deployment ends if it is newer; null where it ends none.</summary>
    public async Task<EnvironmentLock?> FindAsync(Deployment forward, CancellationToken cancellationToken) =>
        forward is { State: DeploymentState.Success, Cause: DeploymentCause.Person, Act: DeploymentAct.Deploy }
            && forward.IsOfItsTask()
            ? await Of(forward).AsNoTracking().SingleOrDefaultAsync(
                hold => hold.Target == forward.Target && hold.RolledBackFrom != null && hold.Since < forward.CreatedAt, cancellationToken)
            : null;

    /// <summary>A person has deployed forward: events may do so again.</summary>
    public async Task EndAsync(EnvironmentLock hold, Deployment forward, CancellationToken cancellationToken)
    {
        using var awaited = await Turn.AwaitAsync(db, forward.RepositoryId, forward.EnvironmentKey, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        turn.MustCover(hold.RepositoryId, hold.EnvironmentKey);
        if (await db.Locks.Where(row => row.Id == hold.Id && row.Target == hold.Target).ExecuteDeleteAsync(cancellationToken) == 1)
        {
            db.Activity.Add(new ActivityEntry
            {
                RepositoryId = forward.RepositoryId,
                At = forward.SucceededAt ?? forward.UpdatedAt,
                Actor = forward.RequestedBy,
                Act = ActivityKind.Unlocked,
                Environment = forward.Environment,
                DeploymentId = forward.Id,
                Sha = forward.Sha,
                Detail = $"Deployed forward: it was held since {hold.Holder} rolled it back.",
            });
            await db.SaveChangesAsync(cancellationToken);
            ends.Release(forward.RepositoryId, forward.EnvironmentKey);
        }

        scope.Complete();
    }

    private IQueryable<EnvironmentLock> Of(Deployment wish) => db.Locks.Where(row =>
        row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.Kind == LockKind.Hold);
}
