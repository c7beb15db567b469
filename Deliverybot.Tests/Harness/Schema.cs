using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Tests.Harness;

/// <summary>Brings an empty database to today's schema, by the migrations that production runs, and to that of its jobs, which a Site makes when it starts.</summary>
internal static class Schema
{
    public static async Task ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            PostgreSqlObjectsInstaller.Install(connection, HangfireStorage.Options.SchemaName);
        }

        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(source.CreateConnection());
        await using var context = new DeliverybotContext(options.Options);
        await context.Database.MigrateAsync(cancellationToken);
    }
}
