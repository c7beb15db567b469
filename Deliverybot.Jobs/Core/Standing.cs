using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>How an environment stands, by our own record.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Last">What succeeded there last, whatever became of it since; null if nothing has, and for a preview that is gone.</param>
/// <param name="Coming">What waits for it or is on its way, the oldest first.</param>
/// <param name="Lock">Who keeps it as it is.</param>
/// <param name="Hold">What a rollback has left.</param>
/// <param name="Newest">The newest deployment that GitHub made there, of the last ones; null: none of them.</param>
internal sealed record Standing(
    EnvironmentName Environment, Deployment? Last, IReadOnlyList<Deployment> Coming, EnvironmentLock? Lock, EnvironmentLock? Hold, Deployment? Newest)
{
    /// <summary>What runs there; null if nothing does.</summary>
    public Deployment? Live => Last is { State: DeploymentState.Success } ? Last : null;

    /// <summary>
    /// The last attempt that has ended, where it failed: what is on its way since hasn't mended it yet. Null where its environment is gone,
    /// and where its branch has left its commit (<see cref="LeftAttempts"/>).
    /// </summary>
    public Deployment? Failed { get; init; }

    /// <summary>The newest attempt, where nobody approved it at GitHub: nothing of it has begun, and what waits for it waits in vain.</summary>
    public Deployment? Unapproved => Newest is { HasFailed: true, AwaitsApproval: true, GoneAt: null } ? Newest : null;

    /// <summary>Something runs there, comes or has failed, or somebody keeps it as it is.</summary>
    public bool IsInUse => this is { Live: not null } or { Coming: [_, ..] } or { Failed: not null } or { Unapproved: not null } or { Lock: not null } or { Hold: not null };

    /// <summary>Whether the last attempt that has ended counts as failed: see <see cref="Failed"/>.</summary>
    public static bool Fails(DeploymentState state, bool awaitsApproval, DateTimeOffset? goneAt) =>
        state is DeploymentState.Failure or DeploymentState.Error && !awaitsApproval && goneAt is null;

    /// <summary>
    /// Whether an attempt has ended and says how its environment stands. What waits for its approval, and what got none, has touched
    /// nothing. The same as <see cref="LastingEnvironments"/> asks in SQL.
    /// </summary>
    public static bool HasEnded(DeploymentState state, bool awaitsApproval) =>
        DeploymentStates.Created.Contains(state) && !state.IsActive() && !state.CameToNothing(awaitsApproval);

    /// <summary>It goes away with what it was made for.</summary>
    public bool IsTransient => Live is { TransientEnvironment: true } || Failed is { TransientEnvironment: true } || Unapproved is { TransientEnvironment: true } || Coming.Any(row => row.TransientEnvironment);
}

/// <summary>
/// Which of the wishes for a commit says how it stands in an environment, as its commit status does: the newest of which something is there,
/// or comes. Where none is, what the events' own came to says why, and not what somebody was refused besides.
/// </summary>
internal static class CommitStanding
{
    /// <summary>Of those with the lowest rank the newest counts.</summary>
    /// <param name="counts">Whether it counts for its environment at all (<see cref="Deployment.DoesNotCount"/>).</param>
    public static int Rank(DeploymentState state, bool awaitsApproval, bool counts, DeploymentCause cause) =>
        counts && !state.CameToNothing(awaitsApproval) ? 0
        : cause.IsAutomatic() ? 1
        : 2;
}

/// <summary>Reads how environments stand. GitHub is not asked. Each query finds what it needs by an index, however long the history is.</summary>
internal sealed class Standings(DeliverybotContext db, TimeProvider time)
{
    public const int MostUnfinished = 300;

    /// <summary>A failure that lies further back than this many deployments is no news.</summary>
    public const int MostRecent = 100;

    /// <param name="only">The one that is asked for; null: all of them.</param>
    public async Task<IReadOnlyList<Standing>> ReadAsync(RepositoryId repository, EnvironmentName? only, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = only?.Key;
        var placed = await db.LastSuccesses(repository).AsNoTracking()
            .Where(row => row.State == DeploymentState.Success || !row.TransientEnvironment)
            .Where(row => key == null || row.EnvironmentKey == key)
            .ToListAsync(cancellationToken);
        var unfinished = await db.UnfinishedIn(repository).AsNoTracking()
            .Where(row => key == null || row.EnvironmentKey == key)
            .OrderBy(row => row.Id).Take(MostUnfinished)
            .ToListAsync(cancellationToken);
        var locks = await db.LocksIn(repository, now).AsNoTracking()
            .Where(row => key == null || row.EnvironmentKey == key)
            .ToListAsync(cancellationToken);

        // A page's worth of the history, newest first: what was the last in its environment long before would have to be sought through all of it.
        var recent = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && (key == null || row.EnvironmentKey == key))
            .OrderByDescending(row => row.Id).Take(MostRecent)
            .ToListAsync(cancellationToken);

        var newest = recent.Where(row => DeploymentStates.Created.Contains(row.State) && row.DoesNotCount is null)
            .DistinctBy(row => row.Environment)
            .ToDictionary(row => row.Environment);
        var failed = recent.Where(row => Standing.HasEnded(row.State, row.AwaitsApproval) && row.DoesNotCount is null)
            .DistinctBy(row => row.Environment)
            .Where(row => Standing.Fails(row.State, row.AwaitsApproval, row.GoneAt))
            .ToDictionary(row => row.Environment);
        var beside = placed.Where(row => row.State == DeploymentState.Success && failed.ContainsKey(row.Environment)).ToList();
        var heads = await HeadsAsync(repository, beside, cancellationToken);
        var left = await LeftAttempts.AmongAsync(
            db,
            beside.Select(live => new FailedBeside(
                failed[live.Environment], live.Ref, live.Sha, live.CreatedAt, live.Ref is { } name ? heads.GetValueOrDefault(name) : null)),
            cancellationToken);
        var there = newest.Values.Where(row => row is { State: not DeploymentState.Inactive, GoneAt: null }).Select(row => row.Environment);
        var lasting = placed.ToDictionary(row => row.Environment);
        var coming = unfinished.ToLookup(row => row.Environment);
        var kept = locks.ToLookup(held => held.Environment);
        return
        [
            .. lasting.Keys.Concat(coming.Select(rows => rows.Key)).Concat(kept.Select(held => held.Key)).Concat(there).Distinct()
                .Select(environment => new Standing(
                    environment,
                    lasting.GetValueOrDefault(environment),
                    [.. coming[environment]],
                    kept[environment].FirstOrDefault(held => held.Kind == LockKind.Lock),
                    kept[environment].FirstOrDefault(held => held.Kind == LockKind.Hold),
                    newest.GetValueOrDefault(environment)) { Failed = failed.GetValueOrDefault(environment) is { } attempt && !left.Contains(attempt.Id) ? attempt : null }),
        ];
    }

    /// <summary>Where the branches are of what runs somewhere.</summary>
    private async Task<IReadOnlyDictionary<GitRef, CommitSha?>> HeadsAsync(
        RepositoryId repository, IEnumerable<Deployment> live, CancellationToken cancellationToken)
    {
        var names = live.Select(row => row.Ref).OfType<GitRef>().Distinct().ToList();
        return names is []
            ? new Dictionary<GitRef, CommitSha?>()
            : await db.RefHeads.AsNoTracking()
                .Where(head => head.RepositoryId == repository && names.Contains(head.Ref))
                .ToDictionaryAsync(head => head.Ref, head => head.Sha, cancellationToken);
    }

    /// <summary>What is said of a repository in which nothing is in use.</summary>
    /// <param name="never">Where nothing ever was.</param>
    public async Task<string> NothingAsync(RepositoryId repository, string never, CancellationToken cancellationToken) =>
        await db.Deployments.AnyAsync(row => row.RepositoryId == repository && row.GitHubId != null, cancellationToken)
            ? "Nothing is live here, nothing waits, and nothing is locked."
            : never;
}
