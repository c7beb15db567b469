using System.ComponentModel;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Statuses;

/// <summary>Writes a commit status that GitHub couldn't take before: as it is to be when the job runs.</summary>
internal sealed class WriteCommitStatusJob(CommitStatusWriter writer)
{
    [DisplayName("Commit status of deployment {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(long id, CancellationToken cancellationToken) => writer.WriteAsync(new DeploymentId(id), cancellationToken);
}
