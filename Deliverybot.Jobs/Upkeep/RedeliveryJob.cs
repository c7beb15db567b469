using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Data.Upkeep;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// GitHub doesn't repeat a webhook that failed by itself: it is asked to
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries"/>). Its list is walked from the newest
/// attempt back to where the last walk began. A walk that a limit or its own length ends goes on there at the next run.
/// </summary>
internal sealed partial class RedeliveryJob(
    DeliverybotContext db, GitHubClients github, UpkeepMarks marks, TimeProvider time, ILogger<RedeliveryJob> logger)
{
    /// <summary>When the last whole walk began: so far back there is nothing left to do.</summary>
    public const string Mark = "redelivery";

    /// <summary>When the walk that is under way began, and where it goes on.</summary>
    public const string Walk = "redelivery-walk";

    /// <summary>A run asks for no more pages, of a hundred each.</summary>
    public const int MostPages = 100;

    private const int MostFaults = 3;

    // GitHub forgets after three days.
    private static readonly TimeSpan LongestLookBack = TimeSpan.FromDays(3);
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromHours(1);

    // An attempt is listed some time after it was made.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>One that GitHub fails to send again is asked for again, for so long.</summary>
    private static readonly TimeSpan Insistence = TimeSpan.FromDays(1);

    private readonly HashSet<Guid> _seen = [];
    private readonly List<DateTimeOffset> _failed = [];

    [JobTitle("Failed webhooks are delivered again")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mark = await marks.FindAsync(Mark, cancellationToken) ?? now - FirstLookBack;
        var since = mark - Overlap > now - LongestLookBack ? mark - Overlap : now - LongestLookBack;
        var walk = await marks.FindPlaceAsync(Walk, cancellationToken);
        try
        {
            await WalkAsync(walk?.At ?? now, walk?.Cursor, since, cancellationToken);
        }
        catch (RetryLaterException)
        {
            // The next run goes on at the page where this one has stopped.
        }
        catch (GitHubRefusedException) when (walk is not null)
        {
            // GitHub doesn't know the place any more: the next run begins at the front.
            await marks.RemoveAsync(Walk, cancellationToken);
        }
    }

    private async Task WalkAsync(DateTimeOffset begun, string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await github.App.ListHookDeliveriesAsync(cursor, cancellationToken);
            await RepeatAsync([.. page.Attempts.TakeWhile(attempt => !(attempt.DeliveredAt < since))], cancellationToken);
            if (page.Next is null || page.Attempts.Any(attempt => attempt.DeliveredAt < since))
            {
                await marks.SetAsync(Mark, Done(begun), cursor: null, cancellationToken);
                await marks.RemoveAsync(Walk, cancellationToken);
                return;
            }

            cursor = page.Next;
            await marks.SetAsync(Walk, begun, cursor, cancellationToken);
        }
    }

    /// <summary>The next walk goes back as far as to those that GitHub failed to send again.</summary>
    private DateTimeOffset Done(DateTimeOffset begun) =>
        _failed.Where(at => at > time.GetUtcNow() - Insistence).DefaultIfEmpty(begun).Append(begun).Min();

    private async Task RepeatAsync(IReadOnlyList<HookDelivery> attempts, CancellationToken cancellationToken)
    {
        // The first that is listed is the last attempt of its delivery.
        var failed = attempts.Where(attempt => attempt.Guid is { } guid && _seen.Add(guid) && !attempt.Succeeded).ToList();
        foreach (var delivery in await MissingAsync(failed, cancellationToken))
        {
            try
            {
                await github.App.RedeliverAsync(delivery, cancellationToken);
            }
            catch (GitHubRefusedException refused)
            {
                Log.Refused(logger, delivery.Guid!.Value, refused.Message);
            }
            catch (RetryLaterException fault) when (fault.Holdup is Holdup.Fault && _failed.Count < MostFaults)
            {
                _failed.Add(delivery.DeliveredAt ?? time.GetUtcNow());
            }
        }
    }

    /// <summary>Those that aren't here (the answer may have failed, though the delivery was kept), and are worth another attempt.</summary>
    private async Task<IReadOnlyList<HookDelivery>> MissingAsync(IReadOnlyList<HookDelivery> failed, CancellationToken cancellationToken)
    {
        var guids = failed.Select(delivery => new WebhookDeliveryGuid(delivery.Guid!.Value)).ToList();
        var kept = await db.WebhookDeliveries.AsNoTracking()
            .Where(row => guids.Contains(row.Guid))
            .Select(row => row.Guid)
            .ToListAsync(cancellationToken);
        return [.. failed.Where(delivery => !kept.Contains(new WebhookDeliveryGuid(delivery.Guid!.Value)) && !IsRefusedAgain(delivery))];
    }

    /// <summary>What we refused twice we would refuse a third time.</summary>
    private static bool IsRefusedAgain(HookDelivery delivery) => delivery is { Redelivery: true, StatusCode: >= 400 and < 500 };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "GitHub doesn't send webhook {Delivery} again: {Refusal}")]
        public static partial void Refused(ILogger logger, Guid delivery, string refusal);
    }
}

/// <summary>Remembers how far recurring jobs have come.</summary>
internal sealed class UpkeepMarks(DeliverybotContext db)
{
    public async Task<DateTimeOffset?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindPlaceAsync(name, cancellationToken))?.At;

    public Task<UpkeepMark?> FindPlaceAsync(string name, CancellationToken cancellationToken) =>
        db.UpkeepMarks.AsNoTracking().SingleOrDefaultAsync(mark => mark.Name == name, cancellationToken);

    public Task SetAsync(string name, DateTimeOffset at, string? cursor, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"insert into upkeep_marks (name, at, cursor) values ({name}, {at}, {cursor}) on conflict (name) do update set at = excluded.at, cursor = excluded.cursor",
            cancellationToken);

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        db.UpkeepMarks.Where(mark => mark.Name == name).ExecuteDeleteAsync(cancellationToken);
}
