using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Statuses;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>A lock that says until when it holds ends by itself, and what it held goes on.</summary>
internal sealed class LockEndJob(DeliverybotContext db, WaitingWishes waiting, DueCommitStatuses statuses, TimeProvider time)
{
    [DisplayName("Locks whose time has come end")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await db.Locks.AsNoTracking()
            .Where(held => held.Until <= now)
            .Select(held => new { held.Id, held.RepositoryId, held.EnvironmentKey })
            .ToListAsync(cancellationToken);
        foreach (var held in ended)
        {
            // Its holder may have renewed it meanwhile.
            var removed = await db.Locks.Where(row => row.Id == held.Id && row.Until <= now).ExecuteDeleteAsync(cancellationToken);
            if (removed == 1 && await db.WorkingRepositories().AnyAsync(row => row.Id == held.RepositoryId, cancellationToken))
            {
                await waiting.UnlockedAsync(held.RepositoryId, held.EnvironmentKey, cancellationToken);
            }
        }

        await statuses.WriteAsync(cancellationToken);
    }
}
