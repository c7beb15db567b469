using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// GitHub was asked to deploy a branch or tag, and made the deployment of another commit than was meant. Either the branch or tag has
/// moved, or GitHub took its name for something else: a branch and a tag may be called the same, and which of the two a short name means
/// to it is written nowhere. So it is asked for that very ref.
/// </summary>
internal sealed class ResolvedNames(
    RefHeads heads, GateFactsReader factsReader, AllGates gates, WishWriter writer, Outbox outbox, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    private static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    /// <returns>
    /// Null where the commit is the ref's. Else why it is not: what GitHub has made is to be carried out by nobody, and a job says so there.
    /// </returns>
    /// <exception cref="OutcomeUnknownException">GitHub doesn't answer now. What it has made is there, and the next look takes it up.</exception>
    public async Task<string?> FaultOfAsync(
        Deployment wish, DeploymentCreation.Created made, RepositoryClient github, CancellationToken cancellationToken)
    {
        var name = wish.Ref ?? throw new InvalidOperationException($"GitHub deployed {made.Sha} for deployment {wish.Id}, which named {wish.Sha}.");
        try
        {
            var asked = time.GetUtcNow();
            var head = await github.Refs.HeadAsync(name, cancellationToken);
            // Of what a person has let wait, no other commit than the chosen one may go out.
            if (!wish.HasWaited() && (head == made.Sha || (head is { } now && name.IsBranch && await HasPassedAsync(now, made.Sha, wish.Sha, github, cancellationToken))))
            {
                return null;
            }

            var fault = await ExplainAsync(wish, name, made, github, cancellationToken);
            await heads.CorrectAsync(wish.RepositoryId, name, wish.Sha, head, asked, cancellationToken);
            jobs.Enqueue<RefuseDeploymentJob>(
                job => job.LeaveAsync(github.Name.ToString(), wish.RepositoryId.Value, made.Id.Value, fault, CancellationToken.None));
            return fault;
        }
        catch (RetryLaterException later)
        {
            throw new OutcomeUnknownException($"GitHub made a deployment of {made.Sha.Short} instead of {wish.Sha.Short}. {later.Reason}");
        }
    }

    /// <summary>The branch or tag has moved to another commit than ours: that is the truth, and the gates are asked for that one.</summary>
    public async Task AcceptAsync(
        Turn turn, Deployment wish, Target target, DeploymentCreation.Created moved, bool isAdopted, RepositoryName repository, CancellationToken cancellationToken)
    {
        // The row was written before GitHub was asked.
        var (intended, asked) = (wish.Sha, wish.UpdatedAt);
        outbox.Add(wish, leftCommit: intended);
        wish.Sha = moved.Sha;
        wish.InPlaceOf = intended;
        var facts = await factsReader.ReadAsync(wish, target, cancellationToken);
        // GitHub has resolved the branch just now: that is its head, whatever pushes have told us so far.
        // It has judged the checks of that commit, too.
        var decision = gates.Decide(facts with { Head = new HeadFacts(moved.Sha) }).Answered(byGitHub: true);
        if (decision.Stopped is { } stopped)
        {
            // The row says so at once: a wish of that commit's own must not take this one for its deployment. Whatever cuts us off here,
            // the later look finds that GitHub hasn't been told.
            jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(repository.ToString(), wish.Id.Value, CancellationToken.None), LookAfter);
            Sentence why = $"GitHub deployed {moved.Sha.Short} instead of {intended.Short}. {stopped.Gate}: {stopped.Reason}";
            await writer.RefusedAsync(turn, wish, decision, moved, why, cancellationToken);
            TellRefused(wish, repository);
        }
        else if (isAdopted)
        {
            await writer.AdoptedAsync(turn, wish, decision, moved, cancellationToken);
        }
        else
        {
            await writer.CreatedAsync(turn, wish, decision, moved, cancellationToken);
        }

        if (wish.Ref is { IsBranch: true } branch)
        {
            // The pushes up to there are still to come, and none of them is to be deployed in its place once more.
            await heads.CorrectAsync(wish.RepositoryId, branch, intended, moved.Sha, asked, cancellationToken);
        }
    }

    public void TellRefused(Deployment wish, RepositoryName repository) =>
        jobs.Enqueue<RefuseDeploymentJob>(job => job.RunAsync(repository.ToString(), wish.Id.Value, "", CancellationToken.None));

    /// <summary>The branch went from what was meant over the commit to where it is now: it was the head when GitHub looked.</summary>
    private static async Task<bool> HasPassedAsync(
        CommitSha head, CommitSha made, CommitSha meant, RepositoryClient github, CancellationToken cancellationToken) =>
        head != meant
        && await github.Commits.ContainsAsync(made, meant, cancellationToken)
        && await github.Commits.ContainsAsync(head, made, cancellationToken);

    /// <summary>Where there is a namesake, it is remembered: from now on the ref is named in full.</summary>
    private async Task<string> ExplainAsync(
        Deployment wish, GitRef name, DeploymentCreation.Created made, RepositoryClient github, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        if (await github.Refs.HeadAsync(name.Namesake(), cancellationToken) is not { } there)
        {
            return $"GitHub deployed {made.Sha.Short} instead of {wish.Sha.Short}, and that is not where {name.ShortName} stands.";
        }

        await heads.SeeAsync(wish.RepositoryId, name.Namesake(), there, asked, cancellationToken);
        return $"GitHub took {name.ShortName} for the {(name.IsBranch ? "tag" : "branch")} of that name, and deployed {made.Sha.Short} instead of {wish.Sha.Short}.";
    }
}

/// <summary>Tells whoever carries out deployments to leave this one: GitHub made it of a commit that the gates don't let pass.</summary>
[StoredAs("Deliverybot.Jobs.Deploying.RefuseDeploymentJob")]
internal sealed class RefuseDeploymentJob(DeliverybotContext db, KnownRepositories repositories, GitHubClients github)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="why">Kept for jobs of earlier releases. The row says why: a job would keep names that somebody has had deleted.</param>
    [Urgent]
    [WorkOf(0, Deployment = 1)]
    [JobTitle("{0}: refuse deployment {1}")]
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
    /// <param name="id">GitHub's number of the deployment.</param>
    /// <param name="why">The sentence; GitHub takes 140 characters of it.</param>
    [JobTitle("{0}: refuse GitHub's deployment {2}")]
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
