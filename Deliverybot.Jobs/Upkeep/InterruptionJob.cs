using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// A person's wish is carried out while the person waits. One that still waits when the request must have ended was cut off
/// before GitHub was asked, and the person's token is gone.
/// </summary>
internal sealed class InterruptionJob(DeliverybotContext db, WishWriter writer, TimeProvider time)
{
    public static readonly Sentence Reason = DeploymentEvaluator.Interrupted;

    /// <summary>Longer than a request takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [JobTitle("Interrupted deployments are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - Patience;
        var wishes = await db.Deployments
            .Where(wish => wish.State == DeploymentState.Waiting && wish.UpdatedAt <= latest && wish.Access == DeploymentAccess.Person && !wish.Waits)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await UnlessBusy.RunAsync(() => writer.CancelAsync(wish, Reason, cancellationToken));
        }
    }
}
