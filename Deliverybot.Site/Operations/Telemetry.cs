using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Deliverybot.Site.Operations;

/// <summary>Logs for machines outside development; traces and metrics where a collector is named.</summary>
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

        if (!string.IsNullOrWhiteSpace(builder.Configuration[CollectorKey]))
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("deliverybot"))
                .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation(http =>
                    http.FilterHttpRequestMessage = request => !SlackHttp.HasSecretAddress(request)).AddNpgsql())
                .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddMeter("Npgsql", CallMetrics.MeterName))
                .UseOtlpExporter();
        }

        return builder;
    }
}
