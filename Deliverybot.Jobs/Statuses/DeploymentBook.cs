using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub.Deployments;
using Microsoft.EntityFrameworkCore;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.Statuses;

/// <summary>Finds the row of a deployment that an event tells of; one made by others gets a row. Called in the environment's turn.</summary>
internal sealed class DeploymentBook(DeliverybotContext db, DeploymentEvaluator evaluator, TimeProvider time)
{
    /// <remarks>A new row is not saved yet unless its id is needed; the caller saves.</remarks>
    public async Task<Deployment> FindOrAddAsync(Repository repository, EventDeployment told, CancellationToken cancellationToken)
    {
        var deployment = await FindAsync(repository, told, cancellationToken);
        if (deployment is null)
        {
            deployment = External(repository, told, await BranchOfAsync(repository, told, cancellationToken));
            db.Deployments.Add(deployment);
            await db.SaveChangesAsync(cancellationToken);
        }

        return deployment;
    }

    private async Task<Deployment?> FindAsync(Repository repository, EventDeployment told, CancellationToken cancellationToken)
    {
        var known = await db.Deployments.SingleOrDefaultAsync(row => row.GitHubId == told.Id, cancellationToken)
            ?? await db.Deployments.FirstOrDefaultAsync(row => row.CarriedOutBy == told.Id, cancellationToken);
        if (known is not null)
        {
            await db.Entry(known).ReloadAsync(cancellationToken);
            return known;
        }

        return told.Correlation is { } id
            ? await AdoptAsync(repository, id, told, cancellationToken)
            : told.IsByActions ? await LinkAsync(repository, told, cancellationToken) : null;
    }

    /// <summary>Ours, and its creation had no answer: the event is the answer.</summary>
    private async Task<Deployment?> AdoptAsync(Repository repository, DeploymentId id, EventDeployment told, CancellationToken cancellationToken)
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
        await evaluator.AdoptAsync(ours, new DeploymentCreation.Created(told.Id, told.Sha, told.CreatedAt), repository.FullName, cancellationToken);
        return ours;
    }

    /// <summary>
    /// A GitHub Actions job with <c>environment:</c> carries out ours and has filed a deployment of its own meanwhile. A workflow may have
    /// several such jobs, and one that failed may be run again: they carry out ours as well, while no other commit has come there.
    /// </summary>
    private async Task<Deployment?> LinkAsync(Repository repository, EventDeployment told, CancellationToken cancellationToken)
    {
        var there = db.Deployments.Where(row => row.RepositoryId == repository.Id && row.EnvironmentKey == told.Environment.Key && row.DeployedAt <= told.CreatedAt);
        var ours = await there
            .Where(row => row.Sha == told.Sha && row.Trigger != DeploymentTrigger.External)
            .Where(row => row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress
                || (row.CarriedOutBy != null && !there.Any(other => other.Sha != row.Sha && other.GitHubId > row.GitHubId)))
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (ours is not null && !(ours.CarriedOutBy > told.Id))
        {
            ours.CarriedOutBy = told.Id;
        }

        return ours;
    }

    /// <summary>GitHub tells the name alone, be it a branch's or a tag's: what no push has told of as a branch isn't taken for one.</summary>
    private async Task<GitRef?> BranchOfAsync(Repository repository, EventDeployment told, CancellationToken cancellationToken)
    {
        if (told.Ref is not { Length: > 0 } name || name == told.Sha.Value)
        {
            return null;
        }

        var branch = GitRef.Branch(name);
        return name == repository.DefaultBranch || await db.RefHeads.AnyAsync(row => row.RepositoryId == repository.Id && row.Ref == branch, cancellationToken)
            ? branch
            : null;
    }

    private Deployment External(Repository repository, EventDeployment told, GitRef? branch)
    {
        var now = time.GetUtcNow();
        return new Deployment
        {
            RepositoryId = repository.Id,
            Target = told.NamedTarget,
            Environment = told.Environment,
            Ref = branch,
            Sha = told.Sha,
            Task = told.Task ?? "deploy",
            Trigger = DeploymentTrigger.External,
            RequestedBy = new GitHubLogin(told.Creator?.Login ?? "ghost"),
            Description = told.Description ?? "",
            ProductionEnvironment = told.ProductionEnvironment ?? false,
            TransientEnvironment = told.TransientEnvironment ?? false,
            State = DeploymentState.Pending,
            GitHubId = told.Id,
            CreatedAt = told.CreatedAt,
            DeployedAt = told.CreatedAt,
            UpdatedAt = now,
        };
    }
}
