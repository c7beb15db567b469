using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// What a lock or hold held goes on, and what waited for a time that has come: by the App's own access, for whoever unlocked has nothing
/// to do with it.
/// </summary>
[StoredAs("Deliverybot.Jobs.Locks.ReleaseJob")]
internal sealed class ReleaseJob(DeliverybotContext db, WaitingWishes waiting)
{
    /// <param name="environmentKey">The environment, for people who read the dashboard too.</param>
    [Urgent]
    [WorkOf(1, WorkKey.Repository)]
    [JobTitle("What waited for {0} goes on")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string environmentKey, long repository, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repository);
        if (await db.WorkingRepositories().AnyAsync(row => row.Id == id, cancellationToken))
        {
            await waiting.UnlockedAsync(id, environmentKey, cancellationToken);
            await waiting.TimeHasComeAsync(id, environmentKey, cancellationToken);
        }
    }
}

/// <summary>
/// An environment is kept as it is from now on: what waits for it behind another gate says so from then on, for nothing else lets it go. No
/// call to GitHub is made of it: the lock decides before GitHub would.
/// </summary>
internal sealed class KeptJob(DeliverybotContext db, WaitingWishes waiting)
{
    /// <param name="environmentKey">The environment, for people who read the dashboard too.</param>
    [Urgent]
    [WorkOf(1, WorkKey.Repository)]
    [JobTitle("What waits for {0} says that it is kept as it is")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string environmentKey, long repository, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repository);
        if (await db.WorkingRepositories().AnyAsync(row => row.Id == id, cancellationToken))
        {
            await waiting.KeptAsync(id, environmentKey, cancellationToken);
        }
    }
}

/// <summary>Nothing comes of a commit at a target any more: what comes after that says so from then on.</summary>
internal sealed class FollowersJob(DeliverybotContext db, WaitingWishes waiting)
{
    [WorkOf(1, WorkKey.Repository)]
    [JobTitle("What comes after says how {0} ended before it")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string sha, long repository, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repository);
        if (await db.WorkingRepositories().AnyAsync(row => row.Id == id, cancellationToken))
        {
            await waiting.TargetTriedAsync(id, CommitSha.Parse(sha), failed: true, cancellationToken);
        }
    }
}

internal static class Releases
{
    /// <summary>Where something of the same commit comes after what has ended.</summary>
    public static void Follow(this IBackgroundJobClientV2 jobs, RepositoryId repository, CommitSha sha) =>
        jobs.Enqueue<FollowersJob>(job => job.RunAsync(sha.Value, repository.Value, CancellationToken.None));

    /// <summary>Within the transaction that locks or holds it, where something waits there.</summary>
    public static void Keep(this IBackgroundJobClientV2 jobs, RepositoryId repository, string environmentKey) =>
        jobs.Enqueue<KeptJob>(job => job.RunAsync(environmentKey, repository.Value, CancellationToken.None));

    /// <summary>Within the transaction that ends what held it, if there is one.</summary>
    public static void Release(this IBackgroundJobClientV2 jobs, RepositoryId repository, string environmentKey) =>
        jobs.Enqueue<ReleaseJob>(job => job.RunAsync(environmentKey, repository.Value, CancellationToken.None));
}
