using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Remembers how far recurring jobs have come.</summary>
internal sealed class UpkeepMarks(DeliverybotContext db)
{
    public async Task<DateTimeOffset?> FindAsync(string name, CancellationToken cancellationToken) =>
        await db.UpkeepMarks.AsNoTracking().Where(mark => mark.Name == name)
            .Select(mark => (DateTimeOffset?)mark.At).SingleOrDefaultAsync(cancellationToken);

    public Task SetAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"insert into upkeep_marks (name, at) values ({name}, {at}) on conflict (name) do update set at = excluded.at",
            cancellationToken);
}
