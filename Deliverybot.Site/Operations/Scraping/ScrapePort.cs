using Deliverybot.Site.Addresses;
using OpenTelemetry.Metrics;

namespace Deliverybot.Site.Operations.Scraping;

/// <summary>
/// The port that metrics have to themselves (<c>Metrics:Port</c>): a server of its own, so that neither is any page there, nor are metrics
/// where the pages are, whatever a proxy passes on.
/// </summary>
internal sealed class ScrapePort(MetricsOptions options, MeterProvider meters, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(options.Port!.Value);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        // The process ends when its site does, not when this server hears of it.
        builder.Services.AddSingleton<IHostLifetime, Lifetime>();
        _server = builder.Build();
        _server.MapGet(Address.Scrape, ScrapeEndpoint.PipelineOf(((IEndpointRouteBuilder)_server).CreateApplicationBuilder(), meters, options.Token));
        await _server.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class Lifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
