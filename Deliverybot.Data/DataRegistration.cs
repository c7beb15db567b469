using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Data;

public static class DataRegistration
{
    /// <summary>The assembly that holds the migrations.</summary>
    public const string MigrationsAssembly = "Deliverybot.Migrations";

    public static DbContextOptionsBuilder UseDeliverybot(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options
            .UseNpgsql(dataSource, npgsql => npgsql
                .MigrationsAssembly(MigrationsAssembly)
                .MigrationsHistoryTable("migrations"))
            .UseSnakeCaseNamingConvention()
            // A context is used by one request or job at a time, by how it is registered.
            .EnableThreadSafetyChecks(false);
}
