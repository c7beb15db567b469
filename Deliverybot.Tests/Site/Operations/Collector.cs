using System.Collections.Concurrent;
using System.Text;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>A collector of OpenTelemetry's: keeps whatever it is sent, as it is.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> traces = new();
    private WebApplication? server;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>OpenTelemetry's own variables, so that it is told soon.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = server!.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>Texts stand in protobuf as they are.</summary>
    public string Traces => string.Concat(traces);

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        collector.server = builder.Build();
        collector.server.MapPost("/v1/metrics", () => Results.Ok());
        collector.server.MapPost("/v1/traces", collector.KeepAsync);
        await collector.server.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async Task AwaitAsync(params string[] words)
    {
        while (true)
        {
            var comes = Volatile.Read(ref next).Task;
            var told = Traces;
            if (words.All(word => told.Contains(word, StringComparison.Ordinal)))
            {
                return;
            }

            await comes.WaitAsync(Happenings.Patience, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server!.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }

    private async Task KeepAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        traces.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
