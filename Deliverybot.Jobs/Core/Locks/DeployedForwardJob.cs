using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>Asks GitHub, once for a person's deployment that succeeded in a held environment, whether it is newer than what was rolled back.</summary>
[StoredAs("Deliverybot.Jobs.Locks.DeployedForwardJob")]
internal sealed class DeployedForwardJob(DeliverybotContext db, Holds holds, RepositoryBook repositories, GitHubClients github)
{
    /// <param name="environment">For people who read the dashboard.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [WorkOf(1, WorkKey.Deployment)]
    [DisplayName("Whether deployment {1} ends the hold of {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string environment, long id, CancellationToken cancellationToken)
    {
        var number = new DeploymentId(id);
        var forward = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == number, cancellationToken);
        if (forward is not null
            && await holds.FindAsync(forward, cancellationToken) is { RolledBackFrom: { } from } hold
            && await repositories.ConfirmAsync(forward.RepositoryId, cancellationToken) is { } repository)
        {
            var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
            if (await IsNewerAsync(forward, from, client, cancellationToken))
            {
                await holds.EndAsync(hold, forward, cancellationToken);
            }
        }
    }

    /// <summary>
    /// It contains what was rolled back. Where the branch was set back, so that it doesn't any more, its head is newer all the same; a
    /// commit beside it isn't, for what the hold keeps back may be older than that.
    /// </summary>
    private async Task<bool> IsNewerAsync(Deployment forward, CommitSha from, RepositoryClient client, CancellationToken cancellationToken) =>
        await client.Commits.CompareAsync(from, forward.Sha, cancellationToken) switch
        {
            { Status: ComparisonStatus.Ahead } => true,
            { Status: ComparisonStatus.Behind or ComparisonStatus.Identical } => false,
            _ => await IsHeadAsync(forward, from, cancellationToken),
        };

    private Task<bool> IsHeadAsync(Deployment forward, CommitSha from, CancellationToken cancellationToken)
    {
        var left = db.Deployments.Where(row => row.RepositoryId == forward.RepositoryId && row.Sha == from && row.Target == forward.Target);
        return db.RefHeads.AnyAsync(
            head => head.RepositoryId == forward.RepositoryId && head.Sha == forward.Sha && left.Any(row => row.Ref == head.Ref), cancellationToken);
    }
}
