using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>A hold ends when a person has deployed forward.</summary>
internal sealed class HoldEnds(DeliverybotContext db, Holds holds, LockEnds ends, IBackgroundJobClientV2 jobs)
{
    /// <summary>What a person has deployed since then succeeded: whether it is newer than what was rolled back is asked of GitHub by a job.</summary>
    public async Task ReachedAsync(Deployment forward, CancellationToken cancellationToken)
    {
        if (await FindAsync(forward, cancellationToken) is not null)
        {
            jobs.Enqueue<DeployedForwardJob>(job => job.RunAsync(forward.Environment.Value, forward.Id.Value, CancellationToken.None));
        }
    }

    /// <summary>The hold that a deployment ends if it is newer; null where it ends none.</summary>
    public async Task<EnvironmentLock?> FindAsync(Deployment forward, CancellationToken cancellationToken) =>
        forward is { State: DeploymentState.Success, Cause: DeploymentCause.Person, Act: DeploymentAct.Deploy }
            && forward.IsOfItsTask()
            ? await holds.Of(forward).AsNoTracking().SingleOrDefaultAsync(
                hold => hold.Target == forward.Target && hold.RolledBackFrom != null && hold.Since < forward.CreatedAt, cancellationToken)
            : null;

    /// <summary>A person has deployed forward: events may do so again.</summary>
    public async Task EndAsync(EnvironmentLock hold, Deployment forward, CancellationToken cancellationToken)
    {
        using var awaited = await Turn.AwaitAsync(db, forward.RepositoryId, forward.EnvironmentKey, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        turn.MustCover(hold.RepositoryId, hold.EnvironmentKey);
        if (await db.Locks
            .Where(row => row.Id == hold.Id && row.Target == hold.Target && row.RolledBackFrom == hold.RolledBackFrom)
            .ExecuteDeleteAsync(cancellationToken) == 1)
        {
            db.Activity.Add(new ActivityEntry
            {
                RepositoryId = forward.RepositoryId,
                At = forward.SucceededAt ?? forward.UpdatedAt,
                Actor = forward.RequestedBy,
                Act = ActivityKind.Unlocked,
                Environment = forward.Environment,
                DeploymentId = forward.Id,
                Sha = forward.Sha,
                Detail = $"Deployed forward: it was held since {hold.Holder} rolled it back.",
            });
            await db.SaveChangesAsync(cancellationToken);
            ends.Release(forward.RepositoryId, forward.EnvironmentKey);
        }

        scope.Complete();
    }
}

/// <summary>Asks GitHub, once for a person's deployment that succeeded in a held environment, whether it is newer than what was rolled back.</summary>
[StoredAs("Deliverybot.Jobs.Locks.DeployedForwardJob")]
internal sealed class DeployedForwardJob(
    DeliverybotContext db, HoldEnds holds, HoldForecast forecast, KnownRepositories repositories, GitHubClients github)
{
    /// <param name="environment">For people who read the dashboard.</param>
    [Urgent]
    [WorkOf(1, WorkKey.Deployment)]
    [JobTitle("Whether deployment {1} ends the hold of {0}")]
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
            if (await forecast.IsNewerAsync(forward.RepositoryId, forward.Target, forward.Sha, from, client, cancellationToken))
            {
                await holds.EndAsync(hold, forward, cancellationToken);
            }
        }
    }
}
