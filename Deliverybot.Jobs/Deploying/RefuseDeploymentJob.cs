using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deploying;

/// <summary>Tells whoever carries out deployments to leave this one: GitHub made it of a commit that the gates don't let pass.</summary>
internal sealed class RefuseDeploymentJob(DeliverybotContext db, GitHubClients github)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="id">The row.</param>
    /// <param name="why">The sentence; GitHub takes 140 characters of it.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [DisplayName("{0}: refuse deployment {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 8, DelaysInSeconds = [1, 5, 15, 60, 300, 900, 1800, 3600])]
    public async Task RunAsync(string repository, long id, string why, CancellationToken cancellationToken)
    {
        var deployment = await db.Deployments.AsNoTracking()
            .Where(row => row.Id == new DeploymentId(id) && row.GitHubId != null)
            .Join(db.Repositories, row => row.RepositoryId, known => known.Id, (row, known) => new { row.GitHubId, Repository = known })
            .SingleOrDefaultAsync(cancellationToken);
        if (deployment is not null)
        {
            await github.Installation(deployment.Repository.InstallationId).Repository(deployment.Repository.FullName).Deployments
                .CreateStatusAsync(deployment.GitHubId!.Value, new NewDeploymentStatus(DeploymentState.Error, DescriptionLength.Cut(why)), cancellationToken);
        }
    }
}
