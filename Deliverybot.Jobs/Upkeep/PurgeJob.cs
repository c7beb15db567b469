using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Webhooks are kept for a few days, as long as anybody could send them again; what signatures were used is kept for minutes.</summary>
internal sealed class PurgeJob(DeliverybotContext db, TimeProvider time)
{
    /// <summary>After its processing: longer than the age from which on it would be refused (docs/decisions/0011).</summary>
    public static readonly TimeSpan KeepProcessed = TimeSpan.FromDays(4);

    /// <summary>After its arrival; what could not be processed is kept for whoever looks into it.</summary>
    public static readonly TimeSpan KeepUnprocessed = TimeSpan.FromDays(7);

    /// <summary>And Slack's commands: a signature is good for five minutes, an answer's address for half an hour.</summary>
    public static readonly TimeSpan KeepSignatures = TimeSpan.FromHours(1);

    /// <summary>A cookie is good for 24 hours; clocks may differ.</summary>
    public static readonly TimeSpan KeepEndedSessions = TimeSpan.FromHours(25);

    private const int MostAtOnce = 2000;

    [JobTitle("Old webhooks are deleted")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (processed, unprocessed, signatures, sessions) = (now - KeepProcessed, now - KeepUnprocessed, now - KeepSignatures, now - KeepEndedSessions);
        int deleted;
        do
        {
            // The first condition lets the index on the arrival serve both.
            deleted = await db.WebhookDeliveries
                .Where(row => row.ReceivedAt <= processed && (row.ProcessedAt <= processed || row.ReceivedAt <= unprocessed))
                .OrderBy(row => row.ReceivedAt)
                .Take(MostAtOnce)
                .ExecuteDeleteAsync(cancellationToken);
        }
        while (deleted == MostAtOnce);

        // No event of one comes later than GitHub delivers it again, which may be at the end of the three days.
        await db.ClosedPullRequests.Where(row => row.ToldAt <= unprocessed).ExecuteDeleteAsync(cancellationToken);
        await db.EndedSessions.Where(row => row.At <= sessions).ExecuteDeleteAsync(cancellationToken);
        await db.SlackSignatures.Where(row => row.SeenAt <= signatures).ExecuteDeleteAsync(cancellationToken);
        await db.SlackRequests.Where(row => row.ReceivedAt <= signatures).ExecuteDeleteAsync(cancellationToken);
    }
}
