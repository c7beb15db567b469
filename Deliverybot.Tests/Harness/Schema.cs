using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Tests.Harness;

/// <summary>Brings an empty database to today's schema, by the migrations that production runs.</summary>
internal static class Schema
{
    public static async Task ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(source.CreateConnection());
        await using var context = new DeliverybotContext(options.Options);
        await context.Database.MigrateAsync(cancellationToken);
    }
}
