using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deploying;

/// <summary>The wishes that wait: found to be looked at again, or ended because what they waited for can't come.</summary>
internal sealed class WaitingWishes(DeliverybotContext db, InstallationEvaluator evaluator, WishRecord record)
{
    /// <summary>Ends the wishes for a branch or tag that is gone.</summary>
    public async Task CancelAsync(RepositoryId repository, GitRef name, string reason, CancellationToken cancellationToken)
    {
        var wishes = await Waiting(repository).Where(wish => wish.Ref == name).ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await CancelAsync(wish, reason, cancellationToken);
        }
    }

    /// <summary>Strikes a check out of those that wishes for this commit wait for, and looks at the wishes that wait for no other.</summary>
    public async Task CheckEndedAsync(RepositoryId repository, CommitSha sha, string context, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.Sha == sha)
            .Where(wish => wish.State == DeploymentState.Waiting || wish.State == DeploymentState.Creating)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            if (await WaitsForNoOtherAsync(wish, context, cancellationToken))
            {
                await evaluator.EvaluateAsync(wish, cancellationToken);
            }
        }
    }

    /// <summary>Looks again at the wishes for an environment, the oldest first.</summary>
    public async Task LookAgainAsync(RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        var wishes = await Waiting(repository).Where(wish => wish.EnvironmentKey == environmentKey).OrderBy(wish => wish.Id).ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await evaluator.EvaluateAsync(wish, cancellationToken);
        }
    }

    private async Task CancelAsync(Deployment wish, string reason, CancellationToken cancellationToken)
    {
        await using var turn = await EnvironmentTurn.TakeAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        await db.Entry(wish).ReloadAsync(cancellationToken);
        if (wish.State == DeploymentState.Waiting)
        {
            await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, reason, cancellationToken);
        }
    }

    /// <summary>In its turn: an attempt that is under way may be about to say that this check is what it waits for.</summary>
    private async Task<bool> WaitsForNoOtherAsync(Deployment wish, string context, CancellationToken cancellationToken)
    {
        await using var turn = await EnvironmentTurn.TakeAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        await db.Entry(wish).ReloadAsync(cancellationToken);
        if (wish.State != DeploymentState.Waiting || !wish.UnmetContexts.Contains(context))
        {
            return false;
        }

        wish.UnmetContexts = [.. wish.UnmetContexts.Where(unmet => unmet != context)];
        await db.SaveChangesAsync(cancellationToken);
        return wish.UnmetContexts.Length == 0;
    }

    private IQueryable<Deployment> Waiting(RepositoryId repository) =>
        db.Deployments.Where(wish => wish.RepositoryId == repository && wish.State == DeploymentState.Waiting);
}
