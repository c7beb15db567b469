using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.Locks;
using Deliverybot.Jobs.Statuses;
using Microsoft.EntityFrameworkCore;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.PullRequests;

/// <summary>
/// Ends what a closed pull request leaves behind, by our own rows: wishes that wait, locks that were taken in it, and its transient
/// environments, those of its branch included, which a push or a person made. May be repeated.
/// </summary>
internal sealed class PullRequestEnding(
    DeliverybotContext db, AbandonedAttempts attempts, WaitingWishes waiting, LockEnds locks, DueCommitStatuses statuses, TimeProvider time)
{
    /// <summary>Whether the pull request has anything that its closing would end.</summary>
    public async Task<bool> HasAnyAsync(RepositoryId repository, PullRequestNumber number, GitRef? branch, CancellationToken cancellationToken) =>
        await RowsOf(repository, number).AnyAsync(row => row.State == DeploymentState.Waiting || row.State == DeploymentState.Creating, cancellationToken)
        || await Transient(RowsOf(repository, number)).AnyAsync(cancellationToken)
        || await Transient(RowsOf(repository, branch)).AnyAsync(cancellationToken)
        || await db.Locks.AnyAsync(held => held.RepositoryId == repository && held.PullRequest == number, cancellationToken);

    /// <param name="repository">Where it is.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="branch">Its own branch; null: it has none here.</param>
    /// <param name="by">Who closed it.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <param name="github">Told what is inactive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OutcomeUnknownException">All else is ended; GitHub may still be making a deployment, so it is to be done again.</exception>
    public async Task EndAsync(
        RepositoryId repository,
        PullRequestNumber number,
        GitRef? branch,
        GitHubLogin by,
        string reason,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        // An attempt without an answer may have left a deployment: it is looked for first, and ended with the others.
        var isSure = true;
        foreach (var attempt in await RowsOf(repository, number).Where(row => row.State == DeploymentState.Creating).ToListAsync(cancellationToken))
        {
            isSure &= await attempts.EndAsync(attempt, reason, github, cancellationToken);
        }

        await waiting.CancelAsync(repository, number, reason, cancellationToken);
        await locks.EndAsync(repository, number, by, reason, cancellationToken);
        var transient = await Transient(RowsOf(repository, number)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        transient.AddRange(await OfBranchAsync(repository, branch, github, cancellationToken));
        foreach (var deployment in transient)
        {
            await DeactivateAsync(deployment, reason, github, cancellationToken);
        }

        foreach (var environmentKey in transient.Select(deployment => deployment.EnvironmentKey).Distinct())
        {
            await waiting.EnvironmentFreedAsync(repository, environmentKey, cancellationToken);
        }

        if (!isSure)
        {
            throw new OutcomeUnknownException($"GitHub may still be making a deployment of pull request {number}, which is to end with it.");
        }
    }

    /// <summary>What a push or a person deployed from the branch, unless another pull request of the same branch is open.</summary>
    private async Task<List<Deployment>> OfBranchAsync(
        RepositoryId repository, GitRef? branch, RepositoryClient github, CancellationToken cancellationToken)
    {
        var rows = await Transient(RowsOf(repository, branch)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return rows is [] || await github.PullRequests.IsAnyOpenAsync(branch!.Value, cancellationToken) ? [] : rows;
    }

    /// <summary>The row says so at once, and not only when the event comes back: a pull request that is reopened meanwhile has to be deployed again.</summary>
    private async Task DeactivateAsync(Deployment deployment, string reason, RepositoryClient github, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, deployment, cancellationToken);
        if (deployment.State == DeploymentState.Inactive)
        {
            return;
        }

        var inactive = new NewDeploymentStatus(GitHub.Deployments.DeploymentState.Inactive, reason);
        foreach (var id in new[] { deployment.GitHubId, deployment.CarriedOutBy }.OfType<GitHubDeploymentId>())
        {
            await github.Deployments.CreateStatusAsync(id, inactive, cancellationToken);
        }

        var now = time.GetUtcNow();
        deployment.State = DeploymentState.Inactive;
        deployment.Reason = reason;
        deployment.EndedAt ??= now;
        deployment.UpdatedAt = now;
        await db.SaveChangesAsync(cancellationToken);
        statuses.Note(deployment);
    }

    private static IQueryable<Deployment> Transient(IQueryable<Deployment> rows) =>
        rows.Where(row => row.TransientEnvironment && row.GitHubId != null && row.State != DeploymentState.Inactive);

    private IQueryable<Deployment> RowsOf(RepositoryId repository, PullRequestNumber number) =>
        db.Deployments.Where(row => row.RepositoryId == repository && row.PullRequest == number);

    private IQueryable<Deployment> RowsOf(RepositoryId repository, GitRef? branch) =>
        db.Deployments.Where(row => row.RepositoryId == repository && branch != null && row.Ref == branch && row.PullRequest == null
            && row.Trigger != DeploymentTrigger.External);
}
