using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Rollbacks;

/// <summary>What was live when, by our own history. A deployment made by others counts for every target of its environment.</summary>
internal sealed class EarlierDeployments(DeliverybotContext db)
{
    /// <summary>What has succeeded there last, whatever was reported of it since; null where nothing has, or where it was taken down.</summary>
    public async Task<Deployment?> LiveAsync(
        RepositoryId repository, EnvironmentName environment, TargetName? target, CancellationToken cancellationToken) =>
        await Succeeded(repository, environment, target)
            .OrderByDescending(row => row.SucceededAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken) is { State: not DeploymentState.Inactive } live ? live : null;

    /// <summary>What was live before the commit that is live was first deployed there: so a second rollback goes further back.</summary>
    public async Task<Deployment?> BeforeAsync(Deployment live, TargetName target, CancellationToken cancellationToken)
    {
        var history = Succeeded(live.RepositoryId, live.Environment, target);
        var first = await history
            .Where(row => row.Sha == live.Sha)
            .OrderBy(row => row.SucceededAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.SucceededAt })
            .FirstAsync(cancellationToken);
        return await history
            .Where(row => row.Sha != live.Sha)
            .Where(row => row.SucceededAt < first.SucceededAt || (row.SucceededAt == first.SucceededAt && row.Id < first.Id))
            .OrderByDescending(row => row.SucceededAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private IQueryable<Deployment> Succeeded(RepositoryId repository, EnvironmentName environment, TargetName? target)
    {
        var key = environment.Key;
        var all = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key && row.SucceededAt != null);
        return target is { } name ? all.Where(row => row.Target == name || row.Trigger == DeploymentTrigger.External) : all;
    }
}
