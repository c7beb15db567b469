using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>Finds the row of a deployment that an event tells of; one made by others gets a row.</summary>
internal sealed class DeploymentRows(DeliverybotContext db, DeploymentEvaluator evaluator, GitHubClients github, TimeProvider time)
{
    /// <param name="doesNotCount">What <see cref="OthersDeployments"/> says of it.</param>
    /// <remarks>A new row is saved here; what the caller changes in it, the caller saves.</remarks>
    public async Task<Deployment> FindOrAddAsync(
        Turn turn, Repository repository, SeenDeployment told, string? doesNotCount, CancellationToken cancellationToken)
    {
        var deployment = await FindAsync(turn, repository, told, cancellationToken);
        if (deployment is null)
        {
            turn.MustCover(repository.Id, told.Environment.Key);
            deployment = External(repository, told, await BranchOfAsync(repository, told, cancellationToken), doesNotCount);
            db.Deployments.Add(deployment);
            await db.SaveChangesAsync(cancellationToken);
        }

        return deployment;
    }

    private async Task<Deployment?> FindAsync(Turn turn, Repository repository, SeenDeployment told, CancellationToken cancellationToken)
    {
        if (await db.Deployments.ByNumberAsync(told.Id, cancellationToken) is { } known)
        {
            await db.Entry(known).ReloadAsync(cancellationToken);
            return known;
        }

        return told.Correlation is { } id
            ? await AdoptAsync(turn, repository, id, told, cancellationToken)
            : (told.IsByActions || told.Run.IsKnown) && told.Run.MayFollowDeployment && !ExternalVerdict.IsOfPullRequest(told.Ref) ? await LinkAsync(turn, repository, told, cancellationToken) : null;
    }

    /// <summary>Ours, and its creation had no answer: the event is the answer.</summary>
    private async Task<Deployment?> AdoptAsync(Turn turn, Repository repository, DeploymentId id, SeenDeployment told, CancellationToken cancellationToken)
    {
        // Anybody may copy our id into a payload: only one that was being created for this environment is adopted. One that is
        // older than the row was made for another one: the database has begun anew since. (Clocks may differ.)
        var environmentKey = told.Environment.Key;
        var latest = told.CreatedAt.AddMinutes(10);
        var ours = await db.Deployments.SingleOrDefaultAsync(
            row => row.Id == id && row.RepositoryId == repository.Id && row.EnvironmentKey == environmentKey && row.GitHubId == null
                && row.CreatedAt <= latest
                && (row.State == DeploymentState.Creating || (row.State == DeploymentState.Cancelled && row.Gate == null)),
            cancellationToken);
        if (ours is null)
        {
            return null;
        }

        await db.Entry(ours).ReloadAsync(cancellationToken);
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        await evaluator.AdoptAsync(turn, ours, new DeploymentCreation.Created(told.Id, told.Sha, told.CreatedAt), client, mayDeploy: true, cancellationToken);
        return ours.GitHubId == told.Id ? ours : null;
    }

    /// <summary>
    /// A GitHub Actions job with <c>environment:</c> carries out ours and has filed a deployment of its own meanwhile. A workflow may have
    /// several such jobs, and one that failed may be run again: they carry out ours as well, while no other commit has come there.
    /// </summary>
    private async Task<Deployment?> LinkAsync(Turn turn, Repository repository, SeenDeployment told, CancellationToken cancellationToken)
    {
        var there = db.Deployments.Where(row => row.RepositoryId == repository.Id && row.EnvironmentKey == told.Environment.Key && row.DeployedAt <= told.CreatedAt && row.DoesNotCount == null);
        var ours = await there
            .Where(row => row.Sha == told.Sha && row.Cause != DeploymentCause.External)
            .Where(row => row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress
                || (row.CarriedOutBy != null && !there.Any(other => other.Sha != row.Sha && other.GitHubId > row.GitHubId)))
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (ours is not null && !(ours.CarriedOutBy > told.Id))
        {
            turn.MustCover(ours);
            ours.CarriedOutBy = told.Id;
        }

        return ours;
    }

    /// <summary>
    /// GitHub tells the name as its maker wrote it. A full one says what it is; a short one may be a branch's or a tag's: what no push has
    /// told of as a branch isn't taken for one.
    /// </summary>
    private async Task<GitRef?> BranchOfAsync(Repository repository, SeenDeployment told, CancellationToken cancellationToken)
    {
        if (told.Ref is not { Length: > 0 } name || name == told.Sha.Value)
        {
            return null;
        }

        if (new GitRef(name) is { IsWellFormed: true } whole)
        {
            return whole;
        }

        var branch = GitRef.Branch(name);
        return name == repository.DefaultBranch || await db.RefHeads.AnyAsync(row => row.RepositoryId == repository.Id && row.Ref == branch, cancellationToken)
            ? branch
            : null;
    }

    private Deployment External(Repository repository, SeenDeployment told, GitRef? branch, string? doesNotCount)
    {
        var now = time.GetUtcNow();
        return new Deployment
        {
            RepositoryId = repository.Id,
            Target = told.NamedTarget,
            Environment = told.Environment,
            Ref = branch,
            Sha = told.Sha,
            Task = told.Task ?? DeployDefaults.Task,
            Origin = DeploymentOrigin.Event(DeploymentCause.External),
            RequestedBy = told.Creator ?? GitHubUser.Ghost,
            Description = told.Description ?? "",
            ProductionEnvironment = told.ProductionEnvironment ?? false,
            TransientEnvironment = told.TransientEnvironment ?? false,
            State = DeploymentState.Pending,
            DoesNotCount = doesNotCount,
            GitHubId = told.Id,
            CreatedAt = told.CreatedAt,
            DeployedAt = told.CreatedAt,
            UpdatedAt = now,
        };
    }
}
