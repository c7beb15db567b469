using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>Reads the rows of the board. Each query finds what it needs by an index, however long the history is.</summary>
internal sealed class BoardRowsReader(DeliverybotContext database, TimeProvider time)
{
    /// <summary>A failure that lies further back than this many deployments is no news.</summary>
    private const int RecentRows = 100;

    private const int MostUnfinished = 300;

    public async Task<BoardRows> ReadAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = database.Deployments.AsNoTracking().Where(row => row.RepositoryId == repository);
        return new BoardRows(
            await PlacedAsync(repository, cancellationToken),
            await rows
                .Where(row => row.State == DeploymentState.Waiting || row.State == DeploymentState.Creating
                    || row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress)
                .OrderBy(row => row.Id)
                .Take(MostUnfinished)
                .ToListAsync(cancellationToken),
            await rows.OrderByDescending(row => row.Id).Take(RecentRows).ToListAsync(cancellationToken),
            await database.Locks.AsNoTracking()
                .Where(held => held.RepositoryId == repository && (held.Until == null || held.Until > now))
                .ToListAsync(cancellationToken));
    }

    /// <summary>
    /// Goes from one environment to the next by the index that <c>LiveDeployments</c> uses, instead of through the whole history
    /// (<see href="https://wiki.postgresql.org/wiki/Loose_indexscan"/>). Previews that are gone are left out.
    /// </summary>
    private Task<List<Deployment>> PlacedAsync(RepositoryId repository, CancellationToken cancellationToken) =>
        database.Deployments.FromSql(
            $"""
            with recursive environment(key) as (
              (select environment_key from deployments
               where repository_id = {repository.Value} and succeeded_at is not null
               order by environment_key limit 1)
              union all
              select (select environment_key from deployments
                      where repository_id = {repository.Value} and succeeded_at is not null and environment_key > environment.key
                      order by environment_key limit 1)
              from environment where environment.key is not null
            )
            select placed.* from environment cross join lateral (
              select *, xmin from deployments
              where repository_id = {repository.Value} and environment_key = environment.key and succeeded_at is not null
              order by succeeded_at desc, id desc limit 1
            ) placed
            where placed.state = 'Success' or not placed.transient_environment
            """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
}
