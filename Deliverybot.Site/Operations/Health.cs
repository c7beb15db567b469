using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Npgsql;

namespace Deliverybot.Site.Operations;

/// <summary>For whoever keeps the process running: <c>live</c> is the process, <c>ready</c> is the process with its database.</summary>
internal static class Health
{
    private const string Live = "/_/health/live";
    private const string Ready = "/_/health/ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<MigrationsHealth>();
        services.AddHealthChecks()
            .AddNpgSql(provider => provider.GetRequiredService<NpgsqlDataSource>(), name: "database")
            .AddCheck<MigrationsHealth>("migrations");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapLive();
        routes.MapHealthChecks(Ready).ShortCircuit();
    }

    /// <summary>What a site without a GitHub App has: it runs, but is not ready.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false }).ShortCircuit();
}
