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
        var unfinished = await UnfinishedAsync(wish, cancellationToken);
        var locks = await db.Locks.AsNoTracking()
            .Where(held => held.RepositoryId == wish.RepositoryId && held.EnvironmentKey == wish.EnvironmentKey)
            .Select(held => new { held.Kind, Facts = new LockFacts(held.Holder, held.Reason, held.Until) })
            .ToListAsync(cancellationToken);

        return new GateFacts
        {
            Wish = facts,
            Head = facts.IsAutomatic ? await HeadAsync(wish, cancellationToken) : null,
            Newer = facts.IsAutomatic ? await NewerAsync(wish, cancellationToken) : null,
            Lock = locks.Find(held => held.Kind == LockKind.Lock)?.Facts,
            Hold = locks.Find(held => held.Kind == LockKind.Hold)?.Facts,
            Live = facts.IsAutomatic ? await LiveAsync(wish, cancellationToken) : null,
            Active = [.. unfinished.Where(row => row.State.IsActive()).Select(row => row.Facts)],
            Ahead = [.. unfinished.Where(row => row.Gate == GateNames.Queue && row.Facts.Id.Value < wish.Id.Value).Select(row => row.Facts)],
            After = await AfterAsync(wish, target, cancellationToken),
        };
    }

    private async Task<HeadFacts?> HeadAsync(Deployment wish, CancellationToken cancellationToken) =>
        wish.Ref is not { IsBranch: true } branch
            ? null
            : await db.RefHeads.AsNoTracking()
                .Where(head => head.RepositoryId == wish.RepositoryId && head.Ref == branch)
                .Select(head => new HeadFacts(head.Sha))
                .SingleOrDefaultAsync(cancellationToken);

    private async Task<NewerWishFacts?> NewerAsync(Deployment wish, CancellationToken cancellationToken)
    {
        var newer = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.Id > wish.Id)
            .Where(row => row.Target == wish.Target && row.Ref == wish.Ref && row.Sha != wish.Sha)
            .Where(row => row.State != DeploymentState.Superseded && row.State != DeploymentState.Denied && row.State != DeploymentState.Cancelled)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.Sha, row.State })
            .ToListAsync(cancellationToken);
        var created = newer.Find(row => DeploymentStates.Created.Contains(row.State));
        return (created ?? newer.FirstOrDefault()) is { } row ? new NewerWishFacts(row.Sha, Created: created is not null) : null;
    }

    private async Task<PlacedFacts?> LiveAsync(Deployment wish, CancellationToken cancellationToken)
    {
        var last = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.SucceededAt != null)
            .OrderByDescending(row => row.SucceededAt)
            .Select(row => new Placed(
                row.State,
                row.Gate,
                new PlacedFacts(row.Id, row.Target, row.Sha, row.Task, row.RequestedBy, row.Trigger == DeploymentTrigger.External)))
            .FirstOrDefaultAsync(cancellationToken);
        return last is { State: DeploymentState.Success } ? last.Facts : null;
    }

    private Task<List<Placed>> UnfinishedAsync(Deployment wish, CancellationToken cancellationToken) =>
        db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.Id != wish.Id)
            .Where(row => row.State == DeploymentState.Waiting || row.State == DeploymentState.Creating
                || row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress)
            .OrderBy(row => row.Id)
            .Select(row => new Placed(
                row.State,
                row.Gate,
                new PlacedFacts(row.Id, row.Target, row.Sha, row.Task, row.RequestedBy, row.Trigger == DeploymentTrigger.External)))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<AfterFacts>> AfterAsync(Deployment wish, Target target, CancellationToken cancellationToken)
    {
        var facts = new List<AfterFacts>();
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

    private sealed record Placed(DeploymentState State, string? Gate, PlacedFacts Facts);
}
