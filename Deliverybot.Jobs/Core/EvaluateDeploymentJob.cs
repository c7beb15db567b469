using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Looks at one wish again: after a wait, or after a fault.</summary>
[StoredAs("Deliverybot.Jobs.Deploying.EvaluateDeploymentJob")]
internal sealed class EvaluateDeploymentJob(DeliverybotContext db, WaitingWishes waiting)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="id">The row.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [WorkOf(0)]
    [DisplayName("{0}: look at deployment {1}")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string repository, long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is not null)
        {
            await waiting.LookAgainAsync(wish, cancellationToken);
        }
    }
}
