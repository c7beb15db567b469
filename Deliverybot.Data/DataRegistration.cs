using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Deliverybot.Data;

public static class DataRegistration
{
    /// <summary>The assembly that holds the migrations.</summary>
    public const string MigrationsAssembly = "Deliverybot.Migrations";

    /// <summary>
    /// The model and how it is stored; each context is given its connection (<c>SetDbConnection</c>). A data source among the options
    /// would give each database of a process a model of its own, and have every query translated anew there.
    /// </summary>
    public static DbContextOptionsBuilder UseDeliverybot(this DbContextOptionsBuilder options) =>
        options.UseNpgsql(Configure).UseConventions();

    /// <param name="connection">That of the one context that these options are for, which disposes it.</param>
    public static DbContextOptionsBuilder UseDeliverybot(this DbContextOptionsBuilder options, NpgsqlConnection connection) =>
        options.UseNpgsql(connection, contextOwnsConnection: true, Configure).UseConventions();

    private static void Configure(NpgsqlDbContextOptionsBuilder npgsql) => npgsql
        .MigrationsAssembly(MigrationsAssembly)
        .MigrationsHistoryTable("migrations");

    private static DbContextOptionsBuilder UseConventions(this DbContextOptionsBuilder options) => options
        .UseSnakeCaseNamingConvention()
        // A context is used by one request or job at a time, by how it is registered.
        .EnableThreadSafetyChecks(false);
}
