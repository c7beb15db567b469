using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Addresses;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Deliverybot.Site.Operations;

/// <summary>For whoever keeps the process running: <c>live</c> is the process, <c>ready</c> is the process with its database, <c>github</c> is the work.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddDatabaseHealth();
        services.AddHealthChecks().AddCheck<GitHubHealth>("github", tags: [GitHubHealth.Tag]);
        return services;
    }

    public static void AddDatabaseHealth(this IServiceCollection services)
    {
        services.AddSingleton<MigrationsHealth>();
        services.AddHealthChecks()
            .AddNpgSql(provider => provider.GetRequiredService<DatabasePools>().Receiving, name: "database")
            .AddCheck<MigrationsHealth>("migrations");
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapLive();
        routes.MapReady();
        routes.MapHealthChecks(Address.HealthWork, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(GitHubHealth.Tag),
            // For whoever watches: nothing sends requests elsewhere because of it.
            ResultStatusCodes =
            {
                [HealthStatus.Healthy] = StatusCodes.Status200OK,
                [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable,
                [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
            },
            ResponseWriter = WriteAsync,
        }).ShortCircuit();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(string.Join('\n', report.Entries.Values.Select(entry => entry.Description).OfType<string>().Prepend(report.Status.ToString())));
    }

    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapHealthChecks(Address.HealthLive, new HealthCheckOptions { Predicate = _ => false }).ShortCircuit();

    /// <summary>A site on which an App can be registered is ready, too: otherwise nobody would be sent to the page on which that is done.</summary>
    public static void MapReady(this IEndpointRouteBuilder routes) =>
        routes.MapHealthChecks(Address.HealthReady, new HealthCheckOptions { Predicate = check => !check.Tags.Contains(GitHubHealth.Tag) }).ShortCircuit();
}
