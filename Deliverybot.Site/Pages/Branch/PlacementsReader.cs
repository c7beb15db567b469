using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Reads which commits are where.</summary>
internal sealed class PlacementsReader(DeliverybotContext database, TimeProvider time)
{
    /// <summary>A change can turn "live" into "previous" on rows as far back as this.</summary>
    private const int Affected = 40;

    /// <summary>For all the commits of a page at once.</summary>
    public async Task<IReadOnlyDictionary<CommitSha, IReadOnlyList<PlacementBadge>>> OfAsync(
        RepositoryId repository,
        IReadOnlyCollection<CommitSha> commits,
        CancellationToken cancellationToken)
    {
        var rows = await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && commits.Contains(row.Sha))
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.Sha,
                row.Environment,
                row.Cause,
                row.State,
                row.AwaitsApproval,
                row.DoesNotCount,
                row.Reason,
                row.Gate,
                row.EndedAt,
                row.Target,
                row.TargetDefinition,
                row.ProductionEnvironment,
                row.Force,
                row.TransientEnvironment,
                WasThere = row.SucceededAt != null,
                HeardAt = row.StatusAt ?? row.DeployedAt ?? row.UpdatedAt,
            })
            .ToListAsync(cancellationToken);

        var now = time.GetUtcNow();
        // What came to nothing doesn't hide what is there, nor does what failed or comes when the same is deployed once more.
        var newest = rows.OrderBy(row => CommitStanding.Rank(row.State, row.AwaitsApproval, row.DoesNotCount is null, row.Cause)).DistinctBy(row => (row.Sha, row.Environment)).ToList();
        var succeeded = rows.Where(row => row.State == DeploymentState.Success && row.DoesNotCount is null).DistinctBy(row => (row.Sha, row.Environment));
        var live = await database.LiveAmongAsync([.. succeeded.Concat(newest.Where(row => row.State == DeploymentState.Success)).Select(row => row.Id)], cancellationToken);
        var shown = newest.Concat(rows.Where(row => live.Contains(row.Id)))
            // What waits still goes out by itself, and of what is silent nobody knows: neither ends with what was tried after it.
            .Concat(rows.Where(row => DeploymentStates.Unfinished.Contains(row.State) && row.DoesNotCount is null).DistinctBy(row => (row.Sha, row.Environment, row.State)))
            .DistinctBy(row => row.Id);
        var order = new EnvironmentOrder(newest.DistinctBy(row => row.Environment).Select(row =>
            EnvironmentStage.OfDeployment(row.Environment, row.Target, row.TargetDefinition, row.ProductionEnvironment, row.TransientEnvironment)));
        return shown
            .GroupBy(row => row.Sha)
            .ToDictionary(
                commit => commit.Key,
                IReadOnlyList<PlacementBadge> (commit) =>
                [
                    .. commit
                        .Select(row => (Row: row, SilentSince: SilentDeployments.Since(row.State, row.AwaitsApproval, row.HeardAt, now)))
                        .Select(found => new PlacementBadge(
                            found.Row.Environment,
                            found.Row.Id,
                            StateView.Of(
                                found.Row.State,
                                found.Row.AwaitsApproval,
                                found.Row.DoesNotCount is null,
                                live.Contains(found.Row.Id),
                                found.Row.WasThere,
                                found.SilentSince is not null),
                            found.Row.DoesNotCount
                                ?? StateWords.Why(found.Row.State, found.Row.AwaitsApproval, found.Row.Gate, found.Row.Reason, found.Row.EndedAt, found.SilentSince),
                            found.Row.TransientEnvironment,
                            IsForced: found.Row.Force && !found.Row.State.IsUndeployed()))
                        .OrderBy(badge => badge.IsPreview).ThenBy(badge => badge.Environment, order)
                        .ThenByDescending(badge => badge.State.Tone),
                ]);
    }

    /// <summary>The parts of an open page that a change of these deployments, or of something unnamed, may have changed.</summary>
    public async Task<IReadOnlyList<Placements>> ChangedByAsync(
        RepositoryAccess repository,
        GitRef? shown,
        IReadOnlyCollection<DeploymentId> deployments,
        CancellationToken cancellationToken)
    {
        var rows = database.Deployments.AsNoTracking().Where(row => row.RepositoryId == repository.Id);
        var changed = await rows
            .Where(row => deployments.Contains(row.Id))
            .Select(row => new { row.EnvironmentKey, row.Sha, row.Ref })
            .ToListAsync(cancellationToken);
        var environments = changed.Select(row => row.EnvironmentKey).Distinct().ToList();
        var commits = await rows
            .Where(row => environments.Count == 0 || environments.Contains(row.EnvironmentKey))
            .OrderByDescending(row => row.Id)
            .Take(Affected)
            .Select(row => row.Sha)
            .ToListAsync(cancellationToken);
        commits = [.. changed.Select(row => row.Sha).Concat(commits).Distinct()];
        var badges = await OfAsync(repository.Id, commits, cancellationToken);
        return
        [
            .. commits.Select(sha => new Placements(
                repository.Name,
                sha,
                badges.GetValueOrDefault(sha) ?? [],
                Replaces: true,
                IsOfBranch: changed.Any(row => row.Sha == sha && row.Ref == shown))),
        ];
    }
}
