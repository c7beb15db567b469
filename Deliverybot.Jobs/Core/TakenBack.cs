using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Which rollback took a deployment away again: the first that succeeded in its environment after it, if that is one.</summary>
internal sealed class TakenBack(DeliverybotContext db)
{
    /// <summary>Of so many rows before a rollback one is what went well there before, or none is worth to be told.</summary>
    private const int MostBefore = 20;

    /// <returns>Null where it is still there, something else came after it, or it never got there.</returns>
    public async Task<Deployment?> ByAsync(Deployment taken, CancellationToken cancellationToken)
    {
        if (!MayBeTaken(taken))
        {
            return null;
        }

        var key = taken.EnvironmentKey;
        var later = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == taken.RepositoryId && row.EnvironmentKey == key && row.Id > taken.Id)
            .Where(row => row.SucceededAt != null && row.DoesNotCount == null)
            // What waited while somebody rolled back goes out after it, though it was wished for before.
            .MadeAfter(taken);
        var next = await (taken.Target.Value.Length == 0 ? later : later.CountingFor(taken.Target)).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return next is not null && Takes(next, taken) ? next : null;
    }

    /// <summary>The same of one commit's deployments, of which only the newest in an environment can be what was taken away there.</summary>
    /// <returns>The rollback by what it took away.</returns>
    public async Task<IReadOnlyDictionary<DeploymentId, Deployment>> AmongAsync(IReadOnlyCollection<Deployment> rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<DeploymentId, Deployment>();
        foreach (var row in rows.Where(row => row is { GitHubId: not null, DoesNotCount: null }).GroupBy(row => row.EnvironmentKey).Select(there => there.MaxBy(row => row.Id.Value)!))
        {
            if (await ByAsync(row, cancellationToken) is { } rollback)
            {
                found[row.Id] = rollback;
            }
        }

        return found;
    }

    /// <summary>What a rollback that has succeeded took away of what pull requests had brought there.</summary>
    public async Task<IReadOnlyList<Deployment>> OfPullRequestsAsync(Deployment rollback, CancellationToken cancellationToken)
    {
        var key = rollback.EnvironmentKey;
        var before = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == rollback.RepositoryId && row.EnvironmentKey == key && row.Id < rollback.Id && row.GitHubId != null)
            .OrderByDescending(row => row.Id)
            .Take(MostBefore)
            .ToListAsync(cancellationToken);
        List<Deployment> inOrder = [.. before.OrderBy(row => row.Id.Value), rollback];
        return
        [
            .. before.Where(row => row.PullRequest is not null && !row.IsRollback() && MayBeTaken(row))
                .Where(row => inOrder.Find(later => MayTake(later, row)) == rollback && Takes(rollback, row)),
        ];
    }

    private static bool MayBeTaken(Deployment row) =>
        row is { GitHubId: not null, DoesNotCount: null } && (row.SucceededAt is not null || row.HasFailed) && !row.State.CameToNothing(row.AwaitsApproval);

    /// <summary>Whether it came after the other one, and went well: as <see cref="ByAsync"/> asks in the database.</summary>
    private static bool MayTake(Deployment later, Deployment taken) =>
        later is { SucceededAt: not null, DoesNotCount: null } && later.Id.Value > taken.Id.Value && later.IsMadeAfter(taken)
        && (taken.Target.Value.Length == 0 || TargetDeployments.CountsFor(taken.Target, later.Target, later.Cause is DeploymentCause.External));

    private static bool Takes(Deployment next, Deployment taken) => next.IsRollback() && next.Sha != taken.Sha && !(taken.SucceededAt > next.SucceededAt);
}
