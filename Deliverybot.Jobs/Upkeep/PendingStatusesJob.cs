using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Gates;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>No commit status stays pending for ever: one whose wish ended just before a crash is written here, and one of which nobody tells.</summary>
internal sealed class PendingStatusesJob(DeliverybotContext db, Outbox outbox, TimeProvider time)
{
    [DisplayName("Commit statuses that were left pending are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (silent, unapproved) = (now - DeploymentKinds.LongestWait, now - QueueGate.PatienceForApproval);
        var left = await db.Deployments.AsNoTracking()
            .SayingPending()
            .Where(wish => wish.State != DeploymentState.Waiting && wish.State != DeploymentState.Creating)
            .Where(wish => (wish.State != DeploymentState.Pending && wish.State != DeploymentState.InProgress)
                || (wish.StatusAt ?? wish.DeployedAt ?? wish.UpdatedAt) <= (wish.AwaitsApproval ? unapproved : silent))
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .ToListAsync(cancellationToken);
        left.ForEach(wish => outbox.Add(wish));
        await db.SaveChangesAsync(cancellationToken);
    }
}
