using Deliverybot.Data;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>A lock that says until when it holds ends by a job at that time; one whose job was lost ends here.</summary>
internal sealed class LockEndJob(DeliverybotContext db, LockEnds ends, TimeProvider time)
{
    [JobTitle("Locks whose time has come end")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await db.Locks.AsNoTracking().Where(held => held.Until <= now).Select(held => held.Id).ToListAsync(cancellationToken);
        foreach (var id in ended)
        {
            await ends.ExpireAsync(id, now, cancellationToken);
        }
    }
}
