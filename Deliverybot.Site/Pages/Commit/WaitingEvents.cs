using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>Events of a repository that have come in and weren't worked on yet, as where GitHub limits how often it may be asked.</summary>
internal sealed class WaitingEvents(DeliverybotContext database, TimeProvider time)
{
    /// <summary>So long an event may be at work.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    /// <returns>Null where none waits for longer than is usual.</returns>
    public async Task<EventsBehind?> FindAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var (now, latest) = (time.GetUtcNow(), time.GetUtcNow() - Usual);
        var waiting = await database.WebhookDeliveries.AsNoTracking()
            .Where(row => row.DispatchedAt != null && row.ProcessedAt == null && row.RepositoryId == repository && row.ReceivedAt <= latest)
            .Select(row => new { row.ReceivedAt, row.DispatchedAt })
            .ToListAsync(cancellationToken);
        return waiting.Count == 0 ? null
            : new EventsBehind(waiting.Count, waiting.Min(row => row.ReceivedAt), waiting.Max(row => row.DispatchedAt) is { } until && until > now ? until : null);
    }
}

/// <summary>What hasn't been worked on yet, so that what follows from it isn't known.</summary>
/// <param name="Since">When the oldest came.</param>
/// <param name="Until">When it is tried again; null where that isn't known.</param>
internal sealed record EventsBehind(int Count, DateTimeOffset Since, DateTimeOffset? Until);
