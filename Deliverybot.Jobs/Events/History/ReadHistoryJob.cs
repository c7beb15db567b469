using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.History;

/// <summary>
/// Reads the last deployments made before the App came, with how they went, so that "what is live" is whole from the start.
/// What was read stays read should the job be cut off.
/// </summary>
[StoredAs("Deliverybot.Jobs.History.ReadHistoryJob")]
internal sealed class ReadHistoryJob(
    DeliverybotContext db, GitHubClients github, KnownRepositories repositories, HistoryWriter writer, Histories histories, RefHeads heads, TimeProvider time)
{
    private const int Most = 100;

    [JobTitle("History of repository {0}")]
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
        if (await installation.FindRepositoryAsync(id, cancellationToken) is not { } found
            || await repositories.SeeAsync(SeenRepository.Of(found), known.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = installation.Repository(repository.FullName);

        var deployments = await client.Deployments.ListAsync(new DeploymentFilter(), cancellationToken).Take(Most).ToListAsync(cancellationToken);
        foreach (var deployment in await writer.UntoldAsync(deployments, cancellationToken))
        {
            installation.LeaveCallsToOthers();
            var statuses = await client.Deployments.ListStatusesAsync(deployment.Id, cancellationToken).Take(Most).ToListAsync(cancellationToken);
            await writer.AddAsync(repository, deployment, statuses, cancellationToken);
        }

        await SeeNamesakeAsync(repository, client, cancellationToken);
        await histories.MarkAsReadAsync(id, cancellationToken);
    }

    /// <summary>Tags are known by their pushes. One from before the App came that is called like the default branch would be found out too late.</summary>
    private async Task SeeNamesakeAsync(Data.Installations.Repository repository, RepositoryClient client, CancellationToken cancellationToken)
    {
        var tag = GitRef.Tag(repository.DefaultBranch);
        var asked = time.GetUtcNow();
        if (await client.Refs.HeadAsync(tag, cancellationToken) is { } at)
        {
            await heads.SeeAsync(repository.Id, tag, at, asked, cancellationToken);
        }
    }
}

/// <summary>Which repositories' deployments from before the App came are still to be read.</summary>
internal sealed class Histories(DeliverybotContext db, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>Has them read, a job each. Those that have been read are left alone.</summary>
    public void Request(IEnumerable<RepositoryId> repositories)
    {
        foreach (var repository in repositories)
        {
            jobs.Enqueue<ReadHistoryJob>(job => job.RunAsync(repository.Value, CancellationToken.None));
        }
    }

    /// <summary>Nothing is left to read.</summary>
    public Task MarkAsReadAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Repositories
            .Where(repository => repository.Id == id && repository.HistoryReadAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(repository => repository.HistoryReadAt, now), cancellationToken);
    }
}

/// <summary>Has histories read that nobody asked for, or whose job is gone. One that is read twice is written once.</summary>
[StoredAs("Deliverybot.Jobs.Upkeep.MissingHistoryJob")]
internal sealed class MissingHistoryJob(DeliverybotContext db, Histories histories)
{
    private const int MostAtOnce = 500;

    [JobTitle("Histories that are missing are read")]
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
