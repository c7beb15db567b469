using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Locks;

/// <summary>
/// What a rollback leaves behind, so that the next push doesn't undo it. It is written together with the wish, before anything is
/// decided, and bears the wish's time: so it is known whose it is.
/// </summary>
internal sealed class Holds(DeliverybotContext db, LockEnds ends)
{
    /// <summary>In the transaction that writes the rollback's wish. A hold that is there already stays.</summary>
    public async Task AddAsync(Deployment rollback, CancellationToken cancellationToken)
    {
        if (!await Of(rollback).AnyAsync(cancellationToken))
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = rollback.RepositoryId,
                Environment = rollback.Environment,
                Kind = LockKind.Hold,
                Holder = rollback.RequestedBy,
                Since = rollback.CreatedAt,
            });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>The rollback came to nothing, and so does the hold that it wrote.</summary>
    public async Task TakeBackAsync(Deployment rollback, CancellationToken cancellationToken)
    {
        if (await Of(rollback).Where(hold => hold.Since == rollback.CreatedAt).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            ends.Release(rollback.RepositoryId, rollback.EnvironmentKey);
        }
    }

    /// <summary>A person has deployed forward: events may do so again.</summary>
    public async Task EndByAsync(Deployment forward, CancellationToken cancellationToken)
    {
        var hold = await Of(forward).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (hold is null || await Of(forward).Where(row => row.Id == hold.Id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return;
        }

        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = forward.RepositoryId,
            At = forward.UpdatedAt,
            Actor = forward.RequestedBy,
            Act = ActivityAct.Unlocked,
            Environment = forward.Environment,
            DeploymentId = forward.Id,
            Sha = forward.Sha,
            Detail = $"Deployed forward: it was held since {hold.Holder} rolled it back.",
        });
        await db.SaveChangesAsync(cancellationToken);
        ends.Release(forward.RepositoryId, forward.EnvironmentKey);
    }

    private IQueryable<EnvironmentLock> Of(Deployment wish) => db.Locks.Where(row =>
        row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.Kind == LockKind.Hold);
}
