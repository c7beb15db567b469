using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Nothing waits for ever: what nobody has looked at when its time was over ends here.</summary>
internal sealed class ExpiryJob(DeliverybotContext db, WaitingWishes waiting, TimeProvider time)
{
    [JobTitle("Deployments that have waited too long are ended")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = now - DeploymentKinds.LongestWait;
        var wishes = await db.Deployments
            .Where(wish => wish.State == DeploymentState.Waiting && wish.CreatedAt <= latest && (wish.ExpiresAt == null || wish.ExpiresAt <= now))
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await UnlessBusy.RunAsync(() => waiting.ExpireAsync(wish, cancellationToken));
        }
    }
}
