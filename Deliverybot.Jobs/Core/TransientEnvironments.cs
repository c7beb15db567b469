using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Environments that go away with what they were made for: a pull request, a branch or a tag. May be repeated.</summary>
internal sealed class TransientEnvironments(
    DeliverybotContext db, AbandonedAttempts attempts, WaitingWishes waiting, WishWriter writer)
{
    /// <summary>Those of these rows that are still there.</summary>
    public static IQueryable<Deployment> In(IQueryable<Deployment> rows) =>
        rows.NotGone().Where(row => row.TransientEnvironment && row.GitHubId != null);

    /// <summary>What a push or a person deployed of a branch or tag. What belongs to a pull request ends with that.</summary>
    public IQueryable<Deployment> RowsOf(RepositoryId repository, GitRef name) =>
        db.Deployments.Where(row => row.RepositoryId == repository && row.Ref == name && row.PullRequest == null
            && row.Cause != DeploymentCause.External);

    /// <summary>Whether a branch or tag has any, or may have one soon.</summary>
    public async Task<bool> HasAnyAsync(RepositoryId repository, GitRef name, CancellationToken cancellationToken) =>
        await RowsOf(repository, name).AnyAsync(
            row => row.TransientEnvironment
                && (row.State == DeploymentState.Creating || (row.GitHubId != null && row.State != DeploymentState.Inactive && row.GoneAt == null)),
            cancellationToken);

    /// <summary>Ends those of a branch or tag that is gone.</summary>
    /// <exception cref="OutcomeUnknownException">GitHub may still be making a deployment, so it is to be done again.</exception>
    public async Task EndAsync(RepositoryId repository, GitRef name, Sentence reason, RepositoryClient github, CancellationToken cancellationToken)
    {
        // An attempt without an answer may have left a deployment: it is looked for first, and ended with the others.
        var isSure = true;
        var open = RowsOf(repository, name).Where(row => row.TransientEnvironment && row.State == DeploymentState.Creating);
        foreach (var attempt in await open.ToListAsync(cancellationToken))
        {
            isSure &= await attempts.EndAsync(attempt, reason, github, cancellationToken);
        }

        var rows = await In(RowsOf(repository, name)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        await EndAsync(repository, rows, reason, github, cancellationToken);
        if (!isSure)
        {
            throw new OutcomeUnknownException($"GitHub may still be making a deployment of {name.ShortName}, which is to end with it.");
        }
    }

    /// <summary>GitHub is told that they are inactive, and what stood in their queues goes on.</summary>
    public async Task EndAsync(
        RepositoryId repository, IReadOnlyList<Deployment> rows, Sentence reason, RepositoryClient github, CancellationToken cancellationToken)
    {
        foreach (var deployment in rows)
        {
            await DeactivateAsync(deployment, reason, github, cancellationToken);
        }

        foreach (var environmentKey in rows.Select(deployment => deployment.EnvironmentKey).Distinct())
        {
            await waiting.EnvironmentFreedAsync(repository, environmentKey, cancellationToken);
        }
    }

    /// <summary>The row says so at once, and not only when the event comes back: a pull request that is reopened meanwhile has to be deployed again.</summary>
    private async Task DeactivateAsync(Deployment deployment, Sentence reason, RepositoryClient github, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, deployment, cancellationToken);
        if (deployment.State == DeploymentState.Inactive || deployment.GoneAt is not null)
        {
            return;
        }

        var inactive = new NewDeploymentStatus(GitHubDeploymentState.Inactive, reason);
        foreach (var id in new[] { deployment.GitHubId, deployment.CarriedOutBy }.OfType<GitHubDeploymentId>())
        {
            await github.Deployments.CreateStatusAsync(id, inactive, cancellationToken);
        }

        await writer.DeactivatedAsync(turn, deployment, reason, cancellationToken);
    }
}
