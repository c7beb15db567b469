using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.History;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Has histories read that nobody asked for, or whose job is gone. One that is read twice is written once.</summary>
internal sealed class MissingHistoryJob(DeliverybotContext db, Histories histories)
{
    private const int MostAtOnce = 500;

    [DisplayName("Histories that are missing are read")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var missing = await db.WorkingRepositories().AsNoTracking()
            .Where(repository => repository.HistoryReadAt == null)
            .OrderBy(repository => repository.Id)
            .Select(repository => repository.Id)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        histories.Request(missing);
    }
}
