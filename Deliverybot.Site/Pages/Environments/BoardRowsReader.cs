using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
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
            await database.UnfinishedIn(repository).AsNoTracking().OrderBy(row => row.Id).Take(MostUnfinished).ToListAsync(cancellationToken),
            await rows.OrderByDescending(row => row.Id).Take(RecentRows).ToListAsync(cancellationToken),
            await database.LocksIn(repository, now).AsNoTracking().ToListAsync(cancellationToken));
    }

    /// <summary>Previews that are gone are left out.</summary>
    private Task<List<Deployment>> PlacedAsync(RepositoryId repository, CancellationToken cancellationToken) =>
        database.LastSuccesses(repository).AsNoTracking()
            .Where(row => row.State == DeploymentState.Success || !row.TransientEnvironment)
            .ToListAsync(cancellationToken);
}
