using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>Processes deliveries of one source in the order of their arrival. One that fails doesn't keep the others from being processed.</summary>
[StoredAs("Deliverybot.Jobs.Deliveries.ProcessDeliveriesJob")]
internal sealed class ProcessDeliveriesJob(DeliverybotContext db, DeliveryProcessor processor, ReceivingFirst receiving, DispatchSignal signal)
{
    /// <param name="source">The repository or installation, for people who read the dashboard.</param>
    /// <param name="events">What the deliveries are, for the same people.</param>
    [WorkOf(0, Deliveries = 2)]
    [JobTitle("{0}: process {1}")]
    [RetryLater]
    // A day: what GitHub refuses (a permission that is still to be granted) somebody may mend. Afterwards upkeep takes it up, while it is kept.
    [AutomaticRetry(
        Attempts = 12,
        DelaysInSeconds = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 21600, 36000],
        ExceptOn = [typeof(UnreadableDeliveryException), typeof(RetryLaterException)])]
    public async Task RunAsync(string source, string events, long[] ids, CancellationToken cancellationToken)
    {
        await receiving.BeginAsync(WorkOfAttribute.AccountIn(source), cancellationToken);
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
            // What comes for the repository meanwhile waits behind these, or a later push would be handled first; not behind one that is
            // passed, for all of them would wait as long as its fault lasts.
            await db.WebhookDeliveries
                .Where(delivery => ids.Contains(delivery.Id) && delivery.ProcessedAt == null)
                .Where(delivery => later.Holdup != Holdup.Fault || delivery.Faults < DeliveryProcessor.Patience)
                .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.DispatchedAt, later.At), CancellationToken.None);
            throw;
        }
        finally
        {
            signal.Raise();
        }
    }
}

/// <summary>
/// A delivery whose job is gone unfinished (somebody deleted it, or Hangfire's tables were lost) is dispatched again, and so is one whose
/// job has failed: nothing rests on somebody who presses a button. That ends when the delivery is purged.
/// </summary>
[StoredAs("Deliverybot.Jobs.Upkeep.LostDeliveriesJob")]
internal sealed class LostDeliveriesJob(DeliverybotContext db, DispatchSignal signal, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The job has tried for a day, or could not be helped: it isn't tried more often than this.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    [JobTitle("Webhooks whose job is gone or has failed are dispatched again")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (latest, failed) = (time.GetUtcNow() - Patience, time.GetUtcNow() - AfterFailure);
        if (!await db.WebhookDeliveries.AnyAsync(row => row.DispatchedAt <= latest && row.ProcessedAt == null, cancellationToken))
        {
            return;
        }

        var found = await db.Database.ExecuteSqlRawAsync(
            $$"""
             with alive as materialized ({{HangfireTables.DeliveriesWithJob}})
             update webhook_deliveries set dispatched_at = null
             where dispatched_at <= {1} and processed_at is null and (leased_until is null or leased_until < now())
               and id not in (select id from alive)
             """,
            [failed.UtcDateTime, latest],
            cancellationToken);
        if (found > 0)
        {
            signal.Raise();
        }
    }
}
