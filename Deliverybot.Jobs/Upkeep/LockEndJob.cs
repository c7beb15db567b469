using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>A lock that says until when it holds ends by a job at that time; one whose job was lost ends here.</summary>
internal sealed class LockEndJob(DeliverybotContext db, LockEnds ends, TimeProvider time)
{
    [DisplayName("Locks whose time has come end")]
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

/// <summary>What waits for a time is looked at by a job at that time; what was lost of that is found here.</summary>
[StoredAs("Deliverybot.Jobs.Upkeep.QueueSlotJob")]
internal sealed class DueLooksJob(DueLooks looks, TimeProvider time)
{
    /// <summary>So long the job of the time itself has to come first.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);

    [DisplayName("What waits for a time that has passed is looked at")]
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken cancellationToken) => looks.EnqueueAsync(time.GetUtcNow() - Overdue, cancellationToken);
}
