using System.ComponentModel;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>Comes at the time that a lock says it holds until.</summary>
[StoredAs("Deliverybot.Jobs.Locks.EndLockJob")]
internal sealed class EndLockJob(LockEnds ends, TimeProvider time)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="id">The lock; another one that was taken since is left.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [WorkOf(0)]
    [DisplayName("{0}: lock {1} ends")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(string repository, long id, CancellationToken cancellationToken) => ends.ExpireAsync(id, time.GetUtcNow(), cancellationToken);
}
