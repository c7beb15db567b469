using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>With <c>queue: latest</c> only the newest event's wish waits.</summary>
internal sealed class LatestInQueue(DeliverybotContext db, WishWriter writer)
{
    /// <summary>Ends those of its target that stood in line before it.</summary>
    public async Task ShortenAsync(Turn turn, Deployment newest, GateFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Wish is not { IsAutomatic: true, Target.Queue: QueueMode.Latest })
        {
            return;
        }

        foreach (var ahead in facts.Ahead.Where(ahead => ahead.Target == newest.Target))
        {
            var older = await db.Deployments.SingleAsync(row => row.Id == ahead.Id, cancellationToken);
            await db.Entry(older).ReloadAsync(cancellationToken);
            if (older.Waits)
            {
                // A person chose its commit, and no event takes its place.
                continue;
            }

            await writer.EndAsync(
                turn, older, decision: null, DeploymentState.Superseded, $"{newest.Sha.Short} is newer in the queue of {newest.Environment}.", cancellationToken);
        }
    }
}
