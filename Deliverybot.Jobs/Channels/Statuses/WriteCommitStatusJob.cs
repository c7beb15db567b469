using System.ComponentModel;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Writes a commit status that GitHub couldn't take before: as it is to be when the job runs.</summary>
[StoredAs("Deliverybot.Jobs.Statuses.WriteCommitStatusJob")]
internal sealed class WriteCommitStatusJob(CommitStatusWriter writer)
{
    [WorkOf(0, WorkKey.Deployment)]
    [DisplayName("Commit status of deployment {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(long id, CancellationToken cancellationToken) => writer.WriteAsync(new DeploymentId(id), cancellationToken);

    /// <param name="id">The wish.</param>
    /// <param name="sha">The commit that it was for, in whose place GitHub has taken a newer one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [WorkOf(0, WorkKey.Deployment)]
    [DisplayName("Commit status of {1}, in whose place deployment {0} came")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task LeaveAsync(long id, string sha, CancellationToken cancellationToken) =>
        writer.LeaveAsync(new DeploymentId(id), CommitSha.Parse(sha), cancellationToken);
}
