using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>The end of a lock and the job that lets go on what it held are one: neither is there without the other.</summary>
internal sealed class LockEnds(DeliverybotContext db, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>Ends a lock whose time has come, unless its holder has renewed it meanwhile.</summary>
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
    /// <param name="repository">Whose pull request it is.</param>
    /// <param name="pullRequest">It was merged or closed.</param>
    /// <param name="by">By whom.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EndAsync(
        RepositoryId repository, PullRequestNumber pullRequest, GitHubUser by, Sentence reason, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        var taken = await db.Locks.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.PullRequest == pullRequest)
            .ToListAsync(cancellationToken);
        foreach (var held in taken)
        {
            if (await db.Locks.Where(row => row.Id == held.Id).ExecuteDeleteAsync(cancellationToken) == 1)
            {
                db.Activity.Add(UnlockedBy(by, held.RepositoryId, held.Environment, reason));
                Release(held.RepositoryId, held.EnvironmentKey);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        scope.Complete();
    }

    /// <summary>Within the transaction that ends the lock: what it held goes on afterwards.</summary>
    public void Release(RepositoryId repository, string environmentKey) =>
        jobs.Enqueue<ReleaseJob>(job => job.RunAsync(environmentKey, repository.Value, CancellationToken.None));

    public ActivityEntry UnlockedBy(GitHubUser by, RepositoryId repository, EnvironmentName environment, Sentence detail) => new()
    {
        RepositoryId = repository,
        At = time.GetUtcNow(),
        Actor = by,
        Act = ActivityAct.Unlocked,
        Environment = environment,
        Detail = detail,
    };
}
