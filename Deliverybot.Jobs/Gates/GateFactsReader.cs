using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Gates;

/// <summary>Reads what the gates decide on from our own record; GitHub is not asked.</summary>
internal sealed class GateFactsReader(DeliverybotContext db)
{
    public async Task<GateFacts> ReadAsync(Deployment wish, Target target, CancellationToken cancellationToken)
    {
        var facts = new WishFacts(
            wish.Id, target, wish.Environment, wish.Ref, wish.Sha, wish.Task, wish.Trigger, wish.RequestedBy, wish.Force);
        var unfinished = await GateQueries
            .Unfinished(db, wish.RepositoryId, wish.EnvironmentKey, wish.Id, target.Queue != QueueMode.None, wish.Sha)
            .ToListAsync(cancellationToken);
        var locks = await GateQueries.Locks(db, wish.RepositoryId, wish.EnvironmentKey).ToListAsync(cancellationToken);
        var head = facts.IsAutomatic && wish.Ref is { IsBranch: true } branch ? await GateQueries.Head(db, wish.RepositoryId, branch) : null;
        var newer = facts is { IsAutomatic: true, Ref: { } name }
            ? await GateQueries.Newer(db, wish.RepositoryId, wish.Id, wish.Target, name, wish.Sha).ToListAsync(cancellationToken)
            : [];
        var last = facts.IsAutomatic ? await GateQueries.LastSuccess(db, wish.RepositoryId, wish.EnvironmentKey) : null;

        return new GateFacts
        {
            Wish = facts,
            Head = head,
            Newer = NewerOf(newer),
            Lock = FactsOf(locks.Find(held => held.Kind == LockKind.Lock)),
            Hold = FactsOf(locks.Find(held => held.Kind == LockKind.Hold)),
            Live = last is { State: DeploymentState.Success } ? last.Facts : null,
            Active = [.. unfinished.Where(row => row.State.IsActive()).Select(row => row.Facts)],
            Ahead = [.. unfinished.Where(row => row.Gate == GateNames.Queue && row.Facts.Id < wish.Id).Select(row => row.Facts)],
            After = await AfterAsync(wish, target, cancellationToken),
        };
    }

    private static NewerWishFacts? NewerOf(List<GateQueries.Later> newer)
    {
        var created = newer.Find(row => DeploymentStates.Created.Contains(row.State));
        return (created ?? newer.FirstOrDefault()) is { } row ? new NewerWishFacts(row.Sha, Created: created is not null) : null;
    }

    private static LockFacts? FactsOf(EnvironmentLock? held) => held is null ? null : new LockFacts(held.Holder, held.Reason, held.Until);

    private async Task<IReadOnlyList<AfterFacts>> AfterAsync(Deployment wish, Target target, CancellationToken cancellationToken)
    {
        var facts = new List<AfterFacts>(target.After.Length);
        foreach (var earlier in target.After)
        {
            facts.Add(await AfterAsync(wish, earlier, cancellationToken));
        }

        return facts;
    }

    private async Task<AfterFacts> AfterAsync(Deployment wish, TargetName earlier, CancellationToken cancellationToken)
    {
        var success = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.Sha == wish.Sha && row.Target == earlier && row.SucceededAt != null)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.Id, row.EnvironmentKey, row.State })
            .FirstOrDefaultAsync(cancellationToken);
        if (success is null)
        {
            return new AfterFacts(earlier, Succeeded: false, FailedSince: false);
        }

        var failed = success.State is DeploymentState.Failure or DeploymentState.Error || await db.Deployments.AsNoTracking()
            .AnyAsync(
                row => row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == success.EnvironmentKey && row.Id > success.Id
                    && (row.State == DeploymentState.Failure || row.State == DeploymentState.Error),
                cancellationToken);
        return new AfterFacts(earlier, Succeeded: true, failed);
    }
}
