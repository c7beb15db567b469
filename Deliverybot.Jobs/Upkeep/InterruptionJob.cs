using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Statuses;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// A person's wish is carried out while the person waits. One that still waits when the request must have ended was cut off
/// before GitHub was asked, and the person's token is gone.
/// </summary>
internal sealed class InterruptionJob(DeliverybotContext db, WishRecord record, DueCommitStatuses statuses, TimeProvider time)
{
    public const string Reason = DeploymentEvaluator.Interrupted;

    /// <summary>Longer than a request takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [DisplayName("Interrupted deployments are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - Patience;
        var wishes = await db.Deployments
            .Where(wish => wish.State == DeploymentState.Waiting && wish.UpdatedAt <= latest)
            .Where(wish => wish.Trigger == DeploymentTrigger.Web || wish.Trigger == DeploymentTrigger.Slack
                || (wish.Trigger == DeploymentTrigger.Rollback && wish.PullRequest == null))
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await record.CancelAsync(wish, Reason, cancellationToken);
        }

        await statuses.WriteAsync(cancellationToken);
    }
}
