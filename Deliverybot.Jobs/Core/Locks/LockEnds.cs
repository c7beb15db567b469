using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>The end of a lock and the job that lets go on what it held are one: neither is there without the other.</summary>
internal sealed class LockEnds(DeliverybotContext db, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>
    /// Ends a lock whose time has come, unless its holder has renewed it meanwhile. It counts no more, whoever reads it, and what it held has
    /// written down its time: so that needs no turn.
    /// </summary>
    public async Task ExpireAsync(long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        var held = await db.Locks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (held is not null && await db.Locks.Where(row => row.Id == id && row.Until <= now).ExecuteDeleteAsync(cancellationToken) == 1)
        {
            Release(held.RepositoryId, held.EnvironmentKey);
        }

        scope.Complete();
    }

    /// <summary>Ends the locks that were taken in a pull request.</summary>
    /// <param name="pullRequest">It was merged or closed.</param>
    /// <param name="by">By whom.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <exception cref="TurnTakenException">It took too long. It may be done again.</exception>
    public Task EndAsync(
        RepositoryId repository, PullRequestNumber pullRequest, GitHubUser by, Sentence reason, CancellationToken cancellationToken) => EndAsync(
            repository, db.Locks.AsNoTracking().Where(row => row.RepositoryId == repository && row.PullRequest == pullRequest), by, reason, cancellationToken);

    /// <param name="taken">Those that end, of that repository.</param>
    /// <param name="by">Who brought it about.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <exception cref="TurnTakenException">It took too long. It may be done again.</exception>
    public async Task EndAsync(
        RepositoryId repository, IQueryable<EnvironmentLock> taken, GitHubUser by, Sentence reason, CancellationToken cancellationToken)
    {
        foreach (var environmentKey in await taken.Select(row => row.EnvironmentKey).Distinct().ToListAsync(cancellationToken))
        {
            // In the environment's turn: whoever has read the lock meanwhile waits for its end by now, and is found.
            using var awaited = await Turn.AwaitAsync(db, repository, environmentKey, cancellationToken);
            using var scope = JobTransaction.Begin();
            var turn = await awaited.TakeAsync(cancellationToken);
            foreach (var held in await taken.Where(row => row.EnvironmentKey == environmentKey).ToListAsync(cancellationToken))
            {
                if (await EndAsync(turn, held, cancellationToken))
                {
                    db.Activity.Add(UnlockedBy(by, repository, held.Environment, reason));
                    await db.SaveChangesAsync(cancellationToken);
                    Release(repository, environmentKey);
                }
            }

            scope.Complete();
        }
    }

    /// <returns>Whether it was still there: its time may have come.</returns>
    public async Task<bool> EndAsync(Turn turn, EnvironmentLock held, CancellationToken cancellationToken)
    {
        turn.MustCover(held.RepositoryId, held.EnvironmentKey);
        return await db.Locks.Where(row => row.Id == held.Id).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>Within the transaction that ends the lock: what it held goes on afterwards.</summary>
    public void Release(RepositoryId repository, string environmentKey) => jobs.Release(repository, environmentKey);

    public ActivityEntry UnlockedBy(GitHubUser by, RepositoryId repository, EnvironmentName environment, Sentence detail) => new()
    {
        RepositoryId = repository,
        At = time.GetUtcNow(),
        Actor = by,
        Act = ActivityKind.Unlocked,
        Environment = environment,
        Detail = detail,
    };
}

/// <summary>Comes at the time that a lock says it holds until.</summary>
[StoredAs("Deliverybot.Jobs.Locks.EndLockJob")]
internal sealed class EndLockJob(LockEnds ends, TimeProvider time)
{
    /// <param name="repository">For people who read the dashboard.</param>
    /// <param name="id">The lock; another one that was taken since is left.</param>
    [Urgent]
    [WorkOf(0)]
    [JobTitle("{0}: lock {1} ends")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(string repository, long id, CancellationToken cancellationToken) => ends.ExpireAsync(id, time.GetUtcNow(), cancellationToken);
}

internal static class LocksRegistration
{
    public static IServiceCollection AddLocks(this IServiceCollection services) => services
        .AddScoped<LockEnds>()
        .AddScoped<EndLockJob>()
        .AddScoped<HoldEnds>()
        .AddScoped<PreviewLocks>()
        .AddScoped<DeployedForwardJob>();
}
