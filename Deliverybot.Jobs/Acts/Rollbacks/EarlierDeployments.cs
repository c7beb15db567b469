using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>
/// What was live when, by our own history. A deployment made by others counts for every target of its environment; what a person did with
/// another task than the target's own brought no commit there, and is left out.
/// </summary>
internal sealed class EarlierDeployments(DeliverybotContext db, TimeProvider time)
{
    /// <summary>Of so many attempts one is of another commit than the live one, or none is worth to be named.</summary>
    private const int MostAttempts = 50;

    private const int MostNamed = 5;

    /// <summary>Hardly anything has another task, so that the first of so many rows nearly always is the one.</summary>
    private const int AtOnce = 10;

    /// <summary>What has succeeded there last, whatever was reported of it since; null where nothing has, or where it was taken down.</summary>
    public async Task<Deployment?> LiveAsync(
        RepositoryId repository, EnvironmentName environment, TargetName? target, CancellationToken cancellationToken) =>
        await FirstAsync(Newest(Succeeded(Of(repository, environment, target))), cancellationToken) is { State: not DeploymentState.Inactive, GoneAt: null } live
            ? live
            : null;

    /// <summary>What was wished for an environment last; null where nothing was.</summary>
    public Task<Deployment?> LastAsync(RepositoryId repository, EnvironmentName environment, CancellationToken cancellationToken) =>
        Of(repository, environment, target: null).Where(row => row.TargetDefinition != null).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The environments of a target in which something is live, a few of them, as they are called.</summary>
    public async Task<IReadOnlyList<EnvironmentName>> LiveOfAsync(RepositoryId repository, TargetName target, CancellationToken cancellationToken)
    {
        var live = await db.LastSuccesses(repository).AsNoTracking()
            .Where(row => row.State == DeploymentState.Success && row.Target == target)
            .Select(row => row.Environment)
            .Take(MostNamed)
            .ToListAsync(cancellationToken);
        return [.. live.OrderBy(environment => environment.Key, NaturalNames.Comparer)];
    }

    /// <summary>What a deployment found in its environment, or finds there now where it is still to come.</summary>
    /// <returns>Null where nothing had gone well there, or a rollback has nothing else to take back.</returns>
    public Task<Deployment?> BeforeAsync(Deployment later, CancellationToken cancellationToken)
    {
        var others = Of(later.RepositoryId, later.Environment, later.Target.Value.Length == 0 ? null : later.Target).Where(row => row.Id != later.Id);
        if (later.IsRollback())
        {
            // What it takes back may have failed, or be on its way.
            return FirstAsync(
                others.Where(row => row.Id < later.Id && row.Sha != later.Sha && row.GitHubId != null && !row.AwaitsApproval).OrderByDescending(row => row.Id),
                cancellationToken);
        }

        return FirstAsync(
            Newest((later.FirstSucceededAt ?? later.SucceededAt) is { } at ? Good(others).Where(row => row.SucceededAt < at || (row.SucceededAt == at && row.Id < later.Id))
                : later.HasFailed ? Good(others).Where(row => row.Id < later.Id)
                : Good(others)),
            cancellationToken);
    }

    /// <param name="chosen">What somebody wants back; null for what went well last, or before that.</param>
    /// <param name="asOf">The rollback that has begun already: as it was before that; null for now.</param>
    public async Task<Sought<RollbackGoal>> FindAsync(
        RepositoryId repository, EnvironmentName environment, TargetName target, DeploymentId? chosen, DeploymentId? asOf, CancellationToken cancellationToken)
    {
        var history = Of(repository, environment, target);
        if (asOf is { } begun)
        {
            history = history.Where(row => row.Id < begun);
        }

        var last = await FirstAsync(Newest(Succeeded(history)), cancellationToken);
        if (last is null or { State: DeploymentState.Inactive } or { GoneAt: not null }
            || await FirstAsync(Newest(Good(history)), cancellationToken) is not { } good)
        {
            return RollbackGoal.Nowhere(environment, hasBeen: last is not null);
        }

        var attempts = await AttemptsAsync(history, good, cancellationToken);
        if (chosen is { } id)
        {
            var rows = await Good(history).Where(row => row.Id == id).ToListAsync(cancellationToken);
            return RollbackGoal.Chosen(environment, good, attempts, rows.Find(row => row.IsOfItsTask()), time.GetUtcNow());
        }

        var before = attempts is [] ? await FurtherBackAsync(history, good, cancellationToken) : null;
        var again = attempts is [{ RollbackTo: { } goal }, ..]
            ? await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == goal, cancellationToken)
            : null;
        return RollbackGoal.Of(environment, good, attempts, before, again, time.GetUtcNow());
    }

    /// <summary>
    /// What GitHub made after what went well, or of which something was told since. What waits for an approval, and what got none, has
    /// touched nothing, and what was taken down since is gone.
    /// </summary>
    private static async Task<List<Deployment>> AttemptsAsync(IQueryable<Deployment> history, Deployment good, CancellationToken cancellationToken)
    {
        var attempts = await history
            .Where(row => row.Id != good.Id && row.GitHubId != null && !row.AwaitsApproval && row.GoneAt == null)
            .Where(row => row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress
                || row.State == DeploymentState.Failure || row.State == DeploymentState.Error)
            .Where(row => row.GitHubId > good.GitHubId || row.StatusAt > good.SucceededAt)
            .OrderByDescending(row => row.GitHubId)
            .Take(MostAttempts)
            .ToListAsync(cancellationToken);
        return attempts.FindAll(row => row.IsOfItsTask());
    }

    private static async Task<Deployment?> FurtherBackAsync(IQueryable<Deployment> history, Deployment good, CancellationToken cancellationToken)
    {
        var first = await FirstAsync(
            Succeeded(history).Where(row => row.Sha == good.Sha).OrderBy(row => row.FirstSucceededAt ?? row.SucceededAt).ThenBy(row => row.Id), cancellationToken) ?? good;
        var at = first.FirstSucceededAt ?? first.SucceededAt;
        // What was done again since counts by its first time: else it could be gone back to after it was left.
        return await FirstAsync(
            Good(history)
                .Where(row => row.Sha != good.Sha)
                .Where(row => (row.FirstSucceededAt ?? row.SucceededAt) < at || ((row.FirstSucceededAt ?? row.SucceededAt) == at && row.Id < first.Id))
                .OrderByDescending(row => row.FirstSucceededAt ?? row.SucceededAt).ThenByDescending(row => row.Id),
            cancellationToken);
    }

    /// <summary>The first that did what its target is for.</summary>
    private static async Task<Deployment?> FirstAsync(IOrderedQueryable<Deployment> rows, CancellationToken cancellationToken)
    {
        for (var passed = 0; ; passed += AtOnce)
        {
            var some = await rows.Skip(passed).Take(AtOnce).ToListAsync(cancellationToken);
            var found = some.Find(row => row.IsOfItsTask());
            if (found is not null || some.Count < AtOnce)
            {
                return found;
            }
        }
    }

    private static IOrderedQueryable<Deployment> Newest(IQueryable<Deployment> rows) =>
        rows.OrderByDescending(row => row.SucceededAt).ThenByDescending(row => row.Id);

    private static IQueryable<Deployment> Succeeded(IQueryable<Deployment> rows) => rows.Where(row => row.SucceededAt != null);

    /// <summary>It succeeded, and didn't fail after all.</summary>
    private static IQueryable<Deployment> Good(IQueryable<Deployment> rows) =>
        Succeeded(rows).Where(row => row.State != DeploymentState.Failure && row.State != DeploymentState.Error);

    private IQueryable<Deployment> Of(RepositoryId repository, EnvironmentName environment, TargetName? target)
    {
        var key = environment.Key;
        var all = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key && row.DoesNotCount == null);
        return target is { } name ? all.CountingFor(name) : all;
    }
}
