using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Gates;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Wishes that wait for a time: where it has come, those of an environment are looked at together, by a job.</summary>
internal sealed class DueLooks(DeliverybotContext db, AllGates gates, IBackgroundJobClientV2 jobs)
{
    /// <summary>Those whose time has come. A row that names none, though its gate may wait for one, was written by an earlier release.</summary>
    public static IQueryable<Deployment> In(IQueryable<Deployment> rows, AllGates gates, DateTimeOffset by)
    {
        var timed = gates.WokenBy(Waking.Time);
        return rows.Where(wish => wish.State == DeploymentState.Waiting
            && (wish.LookAt <= by || (wish.LookAt == null && timed.Contains(wish.Gate))));
    }

    /// <param name="by">Whose time has come by then.</param>
    /// <param name="cancellationToken">Ends it between two environments.</param>
    public async Task EnqueueAsync(DateTimeOffset by, CancellationToken cancellationToken)
    {
        var environments = await In(db.Deployments, gates, by)
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .Select(wish => new { wish.RepositoryId, wish.EnvironmentKey })
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var due in environments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            jobs.Release(due.RepositoryId, due.EnvironmentKey);
        }
    }
}
