using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Tells whoever carries out deployments to leave this one: GitHub made it of a commit that the gates don't let pass.</summary>
[StoredAs("Deliverybot.Jobs.Deploying.RefuseDeploymentJob")]
internal sealed class RefuseDeploymentJob(DeliverybotContext db, RepositoryBook repositories, GitHubClients github)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="id">The row.</param>
    /// <param name="why">Kept for jobs of earlier releases. The row says why: a job would keep names that somebody has had deleted.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [WorkOf(0)]
    [DisplayName("{0}: refuse deployment {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 8, DelaysInSeconds = [1, 5, 15, 60, 300, 900, 1800, 3600])]
    public async Task RunAsync(string repository, long id, string why, CancellationToken cancellationToken)
    {
        var deployment = await db.Deployments.AsNoTracking()
            .Where(row => row.Id == new DeploymentId(id) && row.GitHubId != null)
            .Select(row => new { row.GitHubId, row.Reason, row.RepositoryId })
            .SingleOrDefaultAsync(cancellationToken);
        if (deployment is not null)
        {
            await TellAsync(deployment.RepositoryId, deployment.GitHubId!.Value, deployment.Reason?.ToString() ?? why, cancellationToken);
        }
    }

    /// <summary>The same of one that is no row's: GitHub made it of something else than was named.</summary>
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="repositoryId">The repository.</param>
    /// <param name="id">GitHub's number of the deployment.</param>
    /// <param name="why">The sentence; GitHub takes 140 characters of it.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [DisplayName("{0}: refuse GitHub's deployment {2}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 8, DelaysInSeconds = [1, 5, 15, 60, 300, 900, 1800, 3600])]
    public Task LeaveAsync(string repository, long repositoryId, long id, string why, CancellationToken cancellationToken) =>
        TellAsync(new RepositoryId(repositoryId), new GitHubDeploymentId(id), why, cancellationToken);

    private async Task TellAsync(RepositoryId id, GitHubDeploymentId deployment, string why, CancellationToken cancellationToken)
    {
        if (await repositories.ConfirmAsync(id, cancellationToken) is { } repository)
        {
            await github.Installation(repository.InstallationId).Repository(repository.FullName).Deployments
                .CreateStatusAsync(deployment, new NewDeploymentStatus(GitHubDeploymentState.Error, DescriptionLength.Cut(why)), cancellationToken);
        }
    }
}
