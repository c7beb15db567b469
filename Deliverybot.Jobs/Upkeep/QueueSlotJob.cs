using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Statuses;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// A deployment of which nothing is heard gives up its place in the queue. The gate says when; this job only wakes those that
/// stand in a queue behind nobody, so that it doesn't take the next visitor.
/// </summary>
internal sealed class QueueSlotJob(DeliverybotContext db, WaitingWishes waiting, DueCommitStatuses statuses, TimeProvider time)
{
    [DisplayName("Queues go on behind silent deployments")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - QueueGate.Patience;
        var queues = await db.Deployments.AsNoTracking()
            .Where(wish => wish.State == DeploymentState.Waiting && wish.Gate == GateNames.Queue)
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .Select(wish => new { wish.RepositoryId, wish.EnvironmentKey })
            .Distinct()
            .Where(queue => !db.Deployments.Any(active => active.RepositoryId == queue.RepositoryId
                && active.EnvironmentKey == queue.EnvironmentKey
                && (active.State == DeploymentState.Creating || active.State == DeploymentState.Pending || active.State == DeploymentState.InProgress)
                && (active.StatusAt ?? active.DeployedAt ?? active.UpdatedAt) > latest))
            .ToListAsync(cancellationToken);
        foreach (var queue in queues)
        {
            await waiting.EnvironmentFreedAsync(queue.RepositoryId, queue.EnvironmentKey, cancellationToken);
        }

        await statuses.WriteAsync(cancellationToken);
    }
}
