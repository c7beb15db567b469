using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Jobs.Events.Deliveries;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// A delivery whose job is gone unfinished (somebody deleted it, or Hangfire's tables were lost) is dispatched again, and so is one whose
/// job has failed: nothing rests on somebody who presses a button. That ends when the delivery is purged.
/// </summary>
internal sealed class LostDeliveriesJob(DeliverybotContext db, DispatchSignal signal, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The job has tried for a day, or could not be helped: it isn't tried more often than this.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    [DisplayName("Webhooks whose job is gone or has failed are dispatched again")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (latest, failed) = (time.GetUtcNow() - Patience, time.GetUtcNow() - AfterFailure);
        if (!await db.WebhookDeliveries.AnyAsync(row => row.DispatchedAt <= latest && row.ProcessedAt == null, cancellationToken))
        {
            return;
        }

        // The third argument of the job is the ids of its deliveries.
        var found = await db.Database.ExecuteSqlAsync(
            $"""
             with alive as materialized (
               select jsonb_array_elements((arguments ->> 2)::jsonb)::bigint as id from hangfire.job
               where (statename in ('Enqueued', 'Scheduled', 'Processing', 'Awaiting')
                   or (statename = 'Failed' and stateid in (select id from hangfire.state where name = 'Failed' and createdat > {failed.UtcDateTime})))
                 and invocationdata ->> 'Type' like {"%" + nameof(ProcessDeliveriesJob) + "%"}
             )
             update webhook_deliveries set dispatched_at = null
             where dispatched_at <= {latest} and processed_at is null and (leased_until is null or leased_until < now())
               and id not in (select id from alive)
             """,
            cancellationToken);
        if (found > 0)
        {
            signal.Raise();
        }
    }
}
