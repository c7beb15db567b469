using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// Ends what a closed pull request leaves behind, by our own rows: wishes that wait, locks that were taken in it, and its transient
/// environments with what keeps them, those of its branch included, which a push or a person made. May be repeated. An author without any right closes their
/// own pull request: what others did in it or with its branch isn't theirs to end.
/// </summary>
internal sealed class PullRequestEnding(
    DeliverybotContext db,
    AbandonedAttempts attempts,
    WaitingWishes waiting,
    LockEnds locks,
    KeptLocks keptLocks,
    PreviewLocks previewLocks,
    TransientEnvironments environments)
{
    /// <summary>Whether the pull request has anything that its closing would end.</summary>
    public async Task<bool> HasAnyAsync(RepositoryId repository, PullRequestNumber number, GitRef? branch, CancellationToken cancellationToken) =>
        await RowsOf(repository, number).AnyAsync(DeploymentStates.OpenRows, cancellationToken)
        || await TransientEnvironments.In(await TransientOfAsync(repository, number, cancellationToken)).AnyAsync(cancellationToken)
        || (branch is { } name && await TransientEnvironments.In(environments.RowsOf(repository, name)).AnyAsync(cancellationToken))
        || await HasLocksAsync(repository, number, branch, cancellationToken);

    /// <summary>Whether its closing would end what only those may end who may write.</summary>
    public async Task<bool> NeedsWriterAsync(RepositoryId repository, PullRequestNumber number, GitRef? branch, CancellationToken cancellationToken)
    {
        var open = RowsOf(repository, number).Where(DeploymentStates.OpenRows);
        return await HasLocksAsync(repository, number, branch, cancellationToken)
            || await open.Except(DeploymentKinds.Automatic(open)).AnyAsync(cancellationToken)
            || (branch is { } name && await TransientEnvironments.In(environments.RowsOf(repository, name)).AnyAsync(cancellationToken));
    }

    /// <param name="branch">Its own branch; null: it has none here.</param>
    /// <param name="by">Who closed it.</param>
    /// <param name="mayWrite">Whether that person may write.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <param name="github">Told what is inactive.</param>
    /// <exception cref="OutcomeUnknownException">All else is ended; GitHub may still be making a deployment, so it is to be done again.</exception>
    public async Task EndAsync(
        RepositoryId repository,
        PullRequestNumber number,
        GitRef? branch,
        GitHubUser by,
        bool mayWrite,
        Sentence reason,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        // An attempt without an answer may have left a deployment: it is looked for first, and ended with the others.
        var isSure = true;
        var attempted = RowsOf(repository, number).Where(row => row.State == DeploymentState.Creating);
        foreach (var attempt in await (mayWrite ? attempted : DeploymentKinds.Automatic(attempted)).ToListAsync(cancellationToken))
        {
            isSure &= await attempts.EndAsync(attempt, reason, github, cancellationToken);
        }

        var kept = mayWrite ? await LocksAsync(repository, number, branch, cancellationToken) : [];
        if (mayWrite)
        {
            await waiting.CancelAsync(repository, number, reason, cancellationToken);
            await locks.EndAsync(repository, number, by, reason, cancellationToken);
        }
        else
        {
            await waiting.CancelAutomaticAsync(repository, number, reason, cancellationToken);
            await keptLocks.UntieAsync(repository, number, by, cancellationToken);
        }

        var transient = await OwnAsync(repository, number, github, cancellationToken);
        transient.AddRange(await OfBranchAsync(repository, mayWrite ? branch : null, github, cancellationToken));
        await environments.EndAsync(repository, transient, reason, github, cancellationToken);
        if (mayWrite)
        {
            await previewLocks.EndAsync(repository, PreviewsOf(repository, number, branch), by, reason, cancellationToken);
            await keptLocks.TellEndedAsync(kept, number, cancellationToken);
        }

        if (!isSure)
        {
            throw new OutcomeUnknownException($"GitHub may still be making a deployment of pull request {number}, which is to end with it.");
        }
    }

    private async Task<bool> HasLocksAsync(RepositoryId repository, PullRequestNumber number, GitRef? branch, CancellationToken cancellationToken) =>
        await db.Locks.AnyAsync(held => held.RepositoryId == repository && held.PullRequest == number, cancellationToken)
        || await (await previewLocks.OfAsync(repository, PreviewsOf(repository, number, branch), cancellationToken)).AnyAsync(cancellationToken);

    /// <summary>The locks that its closing ends, if nothing else is left in their environments.</summary>
    private async Task<IReadOnlyList<EnvironmentLock>> LocksAsync(RepositoryId repository, PullRequestNumber number, GitRef? branch, CancellationToken cancellationToken)
    {
        var taken = await db.Locks.AsNoTracking().Where(held => held.RepositoryId == repository && held.PullRequest == number).ToListAsync(cancellationToken);
        var ofPreviews = await previewLocks.OfAsync(repository, PreviewsOf(repository, number, branch), cancellationToken);
        return [.. taken.Concat(await ofPreviews.ToListAsync(cancellationToken)).DistinctBy(held => held.Id).Where(held => held.Kind == LockKind.Lock)];
    }

    /// <summary>All that was ever wished for the pull request, or of its branch.</summary>
    private IQueryable<Deployment> PreviewsOf(RepositoryId repository, PullRequestNumber number, GitRef? branch) => branch is { } name
        ? db.Deployments.Where(row => row.RepositoryId == repository && (row.PullRequest == number || (row.Ref == name && row.PullRequest == null)))
        : RowsOf(repository, number);

    /// <summary>What the pull request deployed, unless that is where another one of the same branch is, too, and that is open.</summary>
    private async Task<List<Deployment>> OwnAsync(
        RepositoryId repository, PullRequestNumber number, RepositoryClient github, CancellationToken cancellationToken)
    {
        var ending = new List<Deployment>();
        var rows = await TransientEnvironments.In(await TransientOfAsync(repository, number, cancellationToken)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var place in rows.GroupBy(row => (row.EnvironmentKey, row.Ref)))
        {
            var (environmentKey, name) = place.Key;
            var isShared = await db.Deployments.AnyAsync(
                row => row.RepositoryId == repository && row.EnvironmentKey == environmentKey && row.Ref == name
                    && row.PullRequest != null && row.PullRequest != number,
                cancellationToken);
            if (!(isShared && name is { IsBranch: true } branch && await github.PullRequests.IsAnyOpenAsync(branch, cancellationToken)))
            {
                ending.AddRange(place);
            }
        }

        return ending;
    }

    /// <summary>
    /// Two pull requests may be of one branch, and where environments are called by that they have one, too: what either of them deployed
    /// there is both's.
    /// </summary>
    private async Task<IQueryable<Deployment>> TransientOfAsync(RepositoryId repository, PullRequestNumber number, CancellationToken cancellationToken)
    {
        var places = RowsOf(repository, number).Where(row => row.TransientEnvironment);
        var environments = await places.Select(row => row.EnvironmentKey).Distinct().ToListAsync(cancellationToken);
        var names = await places.Select(row => row.Ref).Distinct().ToListAsync(cancellationToken);
        return db.Deployments.Where(row => row.RepositoryId == repository && environments.Contains(row.EnvironmentKey)
            && names.Contains(row.Ref) && row.PullRequest != null);
    }

    /// <summary>What a push or a person deployed from the branch, unless another pull request of the same branch is open.</summary>
    private async Task<List<Deployment>> OfBranchAsync(
        RepositoryId repository, GitRef? branch, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (branch is not { } name)
        {
            return [];
        }

        var rows = await TransientEnvironments.In(environments.RowsOf(repository, name)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return rows is [] || await github.PullRequests.IsAnyOpenAsync(name, cancellationToken) ? [] : rows;
    }

    private IQueryable<Deployment> RowsOf(RepositoryId repository, PullRequestNumber number) =>
        db.Deployments.Where(row => row.RepositoryId == repository && row.PullRequest == number);
}
