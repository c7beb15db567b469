using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>How the environments of a repository stand, by our own record: GitHub is not asked.</summary>
internal sealed class EnvironmentSurvey(DeliverybotContext db, TimeProvider time)
{
    private const int MostEnvironments = 50;
    private const int MostWaiting = 200;

    /// <summary>The environments that people work with first, then those of pull requests, each group by name.</summary>
    public async Task<IReadOnlyList<Standing>> ReadAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var live = await db.LiveIn(repository).AsNoTracking().ToListAsync(cancellationToken);
        var unfinished = await db.UnfinishedIn(repository).AsNoTracking()
            .OrderByDescending(row => row.Id).Take(MostWaiting)
            .ToListAsync(cancellationToken);
        var locks = await db.LocksIn(repository, now).AsNoTracking().ToListAsync(cancellationToken);

        var transient = live.Concat(unfinished).Where(row => row.TransientEnvironment).Select(row => row.EnvironmentKey).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. live.Select(row => row.Environment).Concat(unfinished.Select(row => row.Environment)).Concat(locks.Select(row => row.Environment))
                .Distinct()
                .OrderBy(environment => transient.Contains(environment.Key)).ThenBy(environment => environment.Key, StringComparer.Ordinal)
                .Take(MostEnvironments)
                .Select(environment => new Standing(
                    environment,
                    live.Find(row => row.Environment == environment),
                    [.. unfinished.Where(row => row.Environment == environment)],
                    locks.Find(row => row.Environment == environment && row.Kind == LockKind.Lock),
                    locks.Find(row => row.Environment == environment && row.Kind == LockKind.Hold))),
        ];
    }

    /// <param name="Environment">Its name.</param>
    /// <param name="Live">What runs there; null if nothing does.</param>
    /// <param name="Coming">What waits for it or is on its way, the newest first.</param>
    /// <param name="Lock">Who keeps it as it is.</param>
    /// <param name="Hold">What a rollback has left.</param>
    internal sealed record Standing(
        EnvironmentName Environment, Deployment? Live, IReadOnlyList<Deployment> Coming, EnvironmentLock? Lock, EnvironmentLock? Hold);
}
