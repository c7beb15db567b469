using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Tests.Sandbox;

/// <summary>Stands where the App would listen and keeps what arrives.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private WebhookReceiver(WebApplication web) => _web = web;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 202;

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public static async Task<WebhookReceiver> StartAsync(SandboxDriver github)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var receiver = new WebhookReceiver(web);
        web.MapPost("/hook", receiver.ReceiveAsync);
        await web.StartAsync(SandboxDriver.Cancellation);
        receiver.Url = new Uri(web.Urls.First() + "/hook");
        github.World.Webhooks.Url = receiver.Url;
        await github.World.Webhooks.WaitUntilDeliveredAsync(SandboxDriver.Cancellation);
        receiver.All.Clear();
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        All.Enqueue(new Received(headers, body.ToArray()));
        context.Response.StatusCode = Status;
    }

    /// <summary>One request.</summary>
    internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Event => Headers["X-GitHub-Event"];

        public System.Text.Json.Nodes.JsonNode Json => System.Text.Json.Nodes.JsonNode.Parse(Body)!;
    }
}
