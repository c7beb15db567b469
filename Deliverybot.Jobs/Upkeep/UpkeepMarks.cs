using Deliverybot.Data;
using Deliverybot.Data.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Remembers how far recurring jobs have come.</summary>
internal sealed class UpkeepMarks(DeliverybotContext db)
{
    public async Task<DateTimeOffset?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindPlaceAsync(name, cancellationToken))?.At;

    public Task<UpkeepMark?> FindPlaceAsync(string name, CancellationToken cancellationToken) =>
        db.UpkeepMarks.AsNoTracking().SingleOrDefaultAsync(mark => mark.Name == name, cancellationToken);

    public Task SetAsync(string name, DateTimeOffset at, string? cursor, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"insert into upkeep_marks (name, at, cursor) values ({name}, {at}, {cursor}) on conflict (name) do update set at = excluded.at, cursor = excluded.cursor",
            cancellationToken);

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        db.UpkeepMarks.Where(mark => mark.Name == name).ExecuteDeleteAsync(cancellationToken);
}
