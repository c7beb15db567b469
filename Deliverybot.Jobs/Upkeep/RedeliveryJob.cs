using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// GitHub doesn't repeat a webhook that failed by itself: it is asked to
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries"/>).
/// </summary>
internal sealed class RedeliveryJob(DeliverybotContext db, GitHubClients github, UpkeepMarks marks, TimeProvider time)
{
    public const string Mark = "redelivery";

    // GitHub forgets after three days.
    private static readonly TimeSpan LongestLookBack = TimeSpan.FromDays(3);
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromHours(1);

    // An attempt is listed some time after it was made.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    [DisplayName("Failed webhooks are delivered again")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mark = await marks.FindAsync(Mark, cancellationToken) ?? now - FirstLookBack;
        var since = mark - Overlap > now - LongestLookBack ? mark - Overlap : now - LongestLookBack;
        try
        {
            var failed = await github.App.ListFailedHookDeliveriesAsync(since, cancellationToken);
            foreach (var delivery in await MissingAsync(failed, cancellationToken))
            {
                await github.App.RedeliverAsync(delivery, cancellationToken);
            }
        }
        catch (RetryLaterException)
        {
            // The mark stays where it is: the next run begins there.
            return;
        }

        await marks.SetAsync(Mark, now, cancellationToken);
    }

    /// <summary>Those that aren't here (the answer may have failed, though the delivery was kept), and are worth another attempt.</summary>
    private async Task<IReadOnlyList<HookDelivery>> MissingAsync(IReadOnlyList<HookDelivery> failed, CancellationToken cancellationToken)
    {
        var guids = failed.Select(delivery => new WebhookDeliveryGuid(delivery.Guid)).ToList();
        var kept = await db.WebhookDeliveries.AsNoTracking()
            .Where(row => guids.Contains(row.Guid))
            .Select(row => row.Guid)
            .ToListAsync(cancellationToken);
        return [.. failed.Where(delivery => !kept.Contains(new WebhookDeliveryGuid(delivery.Guid)) && !IsRefusedAgain(delivery))];
    }

    /// <summary>What we refused twice we would refuse a third time.</summary>
    private static bool IsRefusedAgain(HookDelivery delivery) => delivery is { Redelivery: true, StatusCode: >= 400 and < 500 };
}
