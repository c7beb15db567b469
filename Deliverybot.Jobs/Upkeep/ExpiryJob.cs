using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Statuses;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Nothing waits for ever.</summary>
internal sealed class ExpiryJob(DeliverybotContext db, WishRecord record, DueCommitStatuses statuses, TimeProvider time)
{
    [DisplayName("Deployments that have waited too long are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - DeploymentKinds.LongestWait;
        var wishes = await db.Deployments
            .Where(wish => wish.State == DeploymentState.Waiting && wish.CreatedAt <= latest)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await record.CancelAsync(wish, ReasonOf(wish), cancellationToken);
        }

        await statuses.WriteAsync(cancellationToken);
    }

    private static string ReasonOf(Deployment wish) => wish.Reason is { } reason
        ? $"It has waited for {DeploymentKinds.LongestWait.TotalDays:0} days. {reason}"
        : $"It has waited for {DeploymentKinds.LongestWait.TotalDays:0} days.";
}
