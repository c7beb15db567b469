using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>What our rows say of a repository's environments.</summary>
/// <param name="Standings">How those stand that anything has succeeded in or comes to, or that somebody keeps.</param>
/// <param name="Recent">The repository's last deployments, the newest first.</param>
internal sealed record BoardRows(IReadOnlyList<Standing> Standings, IReadOnlyList<Deployment> Recent);

/// <summary>Reads the rows of the board.</summary>
internal sealed class BoardRowsReader(DeliverybotContext database, Standings standings)
{
    /// <summary>A failure that lies further back than this many deployments is no news.</summary>
    private const int RecentRows = 100;

    public async Task<BoardRows> ReadAsync(RepositoryId repository, CancellationToken cancellationToken) => new(
        await standings.ReadAsync(repository, only: null, cancellationToken),
        await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository)
            .OrderByDescending(row => row.Id).Take(RecentRows)
            .ToListAsync(cancellationToken));
}
