using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.Installations;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.History;

/// <summary>
/// Reads the last deployments made before the App came, with how they went, so that "what is live" is whole from the start.
/// What was read stays read should the job be cut off.
/// </summary>
internal sealed class ReadHistoryJob(
    DeliverybotContext db, GitHubClients github, RepositoryBook repositories, HistoryRecord record, Histories histories)
{
    private const int Most = 100;

    [DisplayName("History of repository {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long repositoryId, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repositoryId);
        var known = await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.HistoryReadAt == null, cancellationToken);
        if (known is null)
        {
            return;
        }

        var installation = github.Installation(known.InstallationId);
        installation.LeaveCallsToOthers();
        var client = installation.Repository(known.FullName);
        if (await client.GetAsync(cancellationToken) is not { } found || found.Id != id
            || await repositories.SeeAsync(Told(found), known.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var deployments = await client.Deployments.ListAsync(new DeploymentFilter(), cancellationToken).Take(Most).ToListAsync(cancellationToken);
        foreach (var deployment in await record.UnknownAsync(deployments, cancellationToken))
        {
            installation.LeaveCallsToOthers();
            var statuses = await client.Deployments.ListStatusesAsync(deployment.Id, cancellationToken).Take(Most).ToListAsync(cancellationToken);
            await record.AddAsync(repository, deployment, statuses, cancellationToken);
        }

        await histories.MarkAsReadAsync(id, cancellationToken);
    }

    private static EventRepository Told(RepositoryInfo found) =>
        new(found.Id.Value, found.Name.Name, new EventAccount(0, found.Name.Owner, null), found.DefaultBranchName);
}
