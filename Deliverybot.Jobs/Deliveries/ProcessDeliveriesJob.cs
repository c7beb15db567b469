using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>Processes deliveries of one source in the order of their arrival. One that fails doesn't keep the others from being processed.</summary>
internal sealed class ProcessDeliveriesJob(DeliverybotContext db, DeliveryProcessor processor, DispatchSignal signal)
{
    /// <param name="source">The repository or installation, for people who read the dashboard.</param>
    /// <param name="events">What the deliveries are, for the same people.</param>
    /// <param name="ids">The rows.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [DisplayName("{0}: {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 8, DelaysInSeconds = [1, 5, 15, 60, 300, 900, 1800, 3600], ExceptOn = [typeof(UnreadableDeliveryException), typeof(GitHubRefusedException)])]
    public async Task RunAsync(string source, string events, long[] ids, CancellationToken cancellationToken)
    {
        var deliveries = await db.WebhookDeliveries.AsNoTracking()
            .Where(delivery => ids.Contains(delivery.Id) && delivery.ProcessedAt == null)
            .OrderBy(delivery => delivery.Id)
            .ToListAsync(cancellationToken);
        try
        {
            await processor.ProcessAsync(deliveries, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            // What comes for the repository meanwhile waits behind these, or a later push would be handled first.
            await db.WebhookDeliveries
                .Where(delivery => ids.Contains(delivery.Id) && delivery.ProcessedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.DispatchedAt, later.At), CancellationToken.None);
            throw;
        }
        finally
        {
            signal.Raise();
        }
    }
}
