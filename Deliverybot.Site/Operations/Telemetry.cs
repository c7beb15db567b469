using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Telemetry;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Operations.Scraping;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Deliverybot.Site.Operations;

/// <summary>Logs for machines outside development; traces where a collector is named, and metrics there or where Prometheus may ask for them.</summary>
internal static class Telemetry
{
    /// <summary>OpenTelemetry's own setting (<see href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>).</summary>
    private const string CollectorKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }

        var scraped = MetricsOptions.Of(builder.Configuration);
        if (HasCollector(builder.Configuration) || scraped.IsOn)
        {
            AddOpenTelemetry(builder, scraped);
        }

        return builder;
    }

    /// <summary>What metrics need of a whole site: its database, and its port where they have one.</summary>
    public static void AddSiteMetrics(this WebApplicationBuilder builder)
    {
        var scraped = MetricsOptions.Of(builder.Configuration);
        if (HasCollector(builder.Configuration) || scraped.IsOn)
        {
            builder.Services.AddBacklogMetrics();
        }

        if (scraped.IsOn)
        {
            builder.Services.AddSingleton(scraped);
        }

        if (scraped.Port is not null)
        {
            builder.Services.AddHostedService<ScrapePort>();
        }
    }

    private static bool HasCollector(ConfigurationManager configuration) => !string.IsNullOrWhiteSpace(configuration[CollectorKey]);

    private static void AddOpenTelemetry(WebApplicationBuilder builder, MetricsOptions scraped)
    {
        // OpenTelemetry's own default has every HttpClient send our traces and baggage along, whatever its handler says. With this one it
        // leaves that to the handler, and those for GitHub and Slack send none.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("deliverybot"))
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddMeter("Npgsql", "System.Runtime", Measuring.MeterName, CallMetrics.MeterName);
                if (scraped.IsOn)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (HasCollector(builder.Configuration))
        {
            telemetry
                .WithTracing(tracing => tracing
                    .AddSource(Tracing.SourceName)
                    .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !context.Request.Path.StartsWithSegments(Address.Scrape))
                    .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => !SlackHttp.HasSecretAddress(request))
                    .AddNpgsql())
                .UseOtlpExporter();
        }
    }
}
