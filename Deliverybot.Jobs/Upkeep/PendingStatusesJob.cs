using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>No commit status stays pending for ever: one whose wish ended just before a crash is written here, and one of which nobody tells.</summary>
internal sealed class PendingStatusesJob(DeliverybotContext db, Outbox outbox, TimeProvider time)
{
    [JobTitle("Commit statuses that were left pending are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pending = db.Deployments.AsNoTracking()
            .SayingPending()
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId));
        var left = await pending
            .Where(wish => !DeploymentStates.Unfinished.Contains(wish.State))
            .ToListAsync(cancellationToken);
        left.AddRange(await pending
            .Where(wish => wish.State == DeploymentState.Pending || wish.State == DeploymentState.InProgress)
            .SilentSince(now - DeploymentKinds.LongestWait, now - SilentDeployments.PatienceForApproval)
            .ToListAsync(cancellationToken));
        left.ForEach(wish => outbox.Add(wish));
        await db.SaveChangesAsync(cancellationToken);
    }
}
