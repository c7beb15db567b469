using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Whoever asks again for a target means that instead of what they asked for before.</summary>
internal sealed class EarlierRequests(DeliverybotContext db, WishWriter writer)
{
    /// <summary>Ends what the same person asked for before, where it still waits and this goes out or waits itself. What is refused takes nobody's place.</summary>
    public async Task EndAsync(Turn turn, Deployment newest, CancellationToken cancellationToken)
    {
        if (newest.IsAutomatic() || newest.IsRollback() || newest.State is not (DeploymentState.Waiting or DeploymentState.Pending))
        {
            return;
        }

        var waiting = await db.Deployments
            .Where(row => row.RepositoryId == newest.RepositoryId && row.EnvironmentKey == newest.EnvironmentKey && row.Target == newest.Target && row.Task == newest.Task
                && row.Waits && row.State == DeploymentState.Waiting && row.Id < newest.Id)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (var earlier in waiting.Where(row => row.RequestedBy.IsSameAs(newest.RequestedBy)))
        {
            await db.Entry(earlier).ReloadAsync(cancellationToken);
            await writer.EndAsync(
                turn, earlier, decision: null, DeploymentState.Superseded, $"{newest.RequestedBy} asked again: {newest.Sha.Short} takes its place.", cancellationToken);
        }
    }
}
