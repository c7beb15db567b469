using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>What waits for a time is looked at by a job at that time; what was lost of that is found here.</summary>
[StoredAs("Deliverybot.Jobs.Upkeep.QueueSlotJob")]
internal sealed class DueLooksJob(DueLooks looks, TimeProvider time)
{
    /// <summary>So long the job of the time itself has to come first.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);

    [JobTitle("What waits for a time that has passed is looked at")]
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken cancellationToken) => looks.EnqueueAsync(time.GetUtcNow() - Overdue, cancellationToken);
}
