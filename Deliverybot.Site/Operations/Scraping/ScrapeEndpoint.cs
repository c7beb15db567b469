using System.Security.Cryptography;
using System.Text;
using Deliverybot.Site.Addresses;
using OpenTelemetry.Metrics;

namespace Deliverybot.Site.Operations.Scraping;

/// <summary><c>GET /_/metrics</c>: what Prometheus asks for. Where nothing of it is set there is no such address.</summary>
internal static class ScrapeEndpoint
{
    private const string Scheme = "Bearer ";

    /// <summary>With the pages, where it has no port of its own: before sign-in, which Prometheus can't do.</summary>
    public static void MapScrape(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<MetricsOptions>() is { Port: null, Token: { } token })
        {
            routes.MapGet(Address.Scrape, PipelineOf(routes.CreateApplicationBuilder(), routes.ServiceProvider.GetRequiredService<MeterProvider>(), token))
                .ShortCircuit();
        }
    }

    /// <param name="token">Null where whoever reaches the port may know.</param>
    public static RequestDelegate PipelineOf(IApplicationBuilder app, MeterProvider meters, string? token)
    {
        if (token is not null)
        {
            var expected = HashOf(token);
            app.Use((context, next) => IsBornBy(context.Request, expected) ? next(context) : RefuseAsync(context.Response));
        }

        return app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, _ => true, path: null, configureBranchedPipeline: null, optionsName: null).Build();
    }

    private static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = Scheme.TrimEnd();
        return Task.CompletedTask;
    }

    private static bool IsBornBy(HttpRequest request, byte[] expected) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(HashOf(header[Scheme.Length..].Trim()), expected);

    /// <summary>Of one length, so that the comparison doesn't tell that of the token either.</summary>
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
