using System.Net;
using System.Security.Cryptography;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.Runner;
using Deliverybot.Sandbox.Seed;
using Deliverybot.Sandbox.Slack;
using Deliverybot.Sandbox.Tokens;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox;

/// <summary>A stand-in GitHub that listens on loopback.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly AppJwt _jwt;
    private readonly RateLimits _limits;
    private readonly SlackIdTokens _slackTokens;

    private SandboxServer(WebApplication web, AppJwt jwt, GitHubWorld world, RateLimits limits, FaultPlan faults, RequestLog requests)
    {
        _web = web;
        _jwt = jwt;
        _limits = limits;
        World = world;
        Faults = faults;
        Requests = requests;
        Runner = new DeploymentRunner(world);
        Checks = new ContinuousIntegration(world);
        Slack = new SlackTown(world.Time);
        _slackTokens = new SlackIdTokens(Slack, world.Time);
    }

    /// <summary>Its root; the REST API is below <c>/api/v3</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public GitHubWorld World { get; }

    public FaultPlan Faults { get; }

    public RequestLog Requests { get; }

    /// <summary>Requests that each caller has in an hour.</summary>
    public int RateLimit
    {
        get => _limits.Limit;
        set => _limits.Limit = value;
    }

    /// <summary>Until then all callers are at their limit, however few requests they have made; null: as they count.</summary>
    public DateTimeOffset? RateLimitReachedUntil
    {
        get => _limits.ReachedUntil;
        set => _limits.ReachedUntil = value;
    }

    /// <summary>Carries out deployments.</summary>
    public DeploymentRunner Runner { get; }

    /// <summary>Runs checks on what is pushed.</summary>
    public ContinuousIntegration Checks { get; }

    public AppCredentials App => World.App;

    /// <summary>A stand-in for Slack, at the same address.</summary>
    public SlackTown Slack { get; }

    /// <summary>Generates a further private key for the App, as its owner does on its page.</summary>
    /// <param name="pem">One that is known; null: a new one.</param>
    /// <returns>PEM.</returns>
    public string AddPrivateKey(string? pem = null)
    {
        using var key = RSA.Create(2048);
        pem ??= key.ExportRSAPrivateKeyPem();
        _jwt.Add(pem);
        return pem;
    }

    /// <summary>Deletes one of the App's private keys: what it signs is refused from now on.</summary>
    public void DeletePrivateKey(string pem) => _jwt.Delete(pem);

    public static async Task<SandboxServer> StartAsync(SandboxServerOptions options, CancellationToken cancellationToken)
    {
        var app = options.App ?? AppCredentials.Generate();
        var urls = new GitHubUrls();
        var webhooks = new WebhookOutbox(app.WebhookSecret, app.AppId, options.Time) { Url = options.WebhookUrl };
        var world = new GitHubWorld(app, options.Time, urls, webhooks, new TokenVault(options.Time));
        var faults = new FaultPlan(options.FaultSeed);
        var requests = new RequestLog();
        var limits = new RateLimits(options.RateLimit, options.Time);
        var jwt = new AppJwt(app, options.Time);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var web = builder.Build();
        var server = new SandboxServer(web, jwt, world, limits, faults, requests);
        SandboxRoutes.Map(web, new RestPipeline(world, new Authentication(world, jwt), limits, faults, requests), world, limits, requests);
        new SlackRoutes(server.Slack, server._slackTokens, options.Time).Map(web, requests);
        options.MapPages?.Invoke(web, server);
        await web.StartAsync(cancellationToken);
        server.Url = new Uri(web.Urls.First());
        urls.Root = server.Url.GetLeftPart(UriPartial.Authority);
        server.Slack.Url = server.Url;
        if (options.Seed)
        {
            PlantPast(world, server.Checks, options);
        }

        server.Runner.Enabled = server.Checks.Enabled = options.Runner;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await Runner.DisposeAsync();
        await Checks.DisposeAsync();
        await World.Webhooks.DisposeAsync();
        await _web.DisposeAsync();
        Slack.Dispose();
        _slackTokens.Dispose();
        _jwt.Dispose();
    }

    // A restart with the same moment finds the same ids and commits; what earlier starts have numbered since is left out:
    // they can't have taken more than an id a millisecond.
    private static void PlantPast(GitHubWorld world, ContinuousIntegration checks, SandboxServerOptions options)
    {
        var now = options.Time.GetUtcNow();
        world.StoppedClock = options.SeededAt ?? now;
        DemoOrganisation.Plant(world, checks);
        world.SkipIds((long)(now - world.StoppedClock.Value).TotalMilliseconds);
        world.StoppedClock = null;
    }
}
