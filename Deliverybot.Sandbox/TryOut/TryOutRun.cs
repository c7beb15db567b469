using Deliverybot.Sandbox.Page;
using Deliverybot.Sandbox.PostgreSql;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>PostgreSQL, the stand-in GitHub and the Site, started in this order and stopped in the opposite one.</summary>
internal sealed class TryOutRun(TryOutOptions options) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> started = new();
    private readonly TryOutFolder folder = new(options.DataFolder);

    /// <summary>Completes when all is ready.</summary>
    /// <exception cref="TryOutException">Something is missing or doesn't start.</exception>
    public async Task<SiteProcess> StartAsync(Steps steps, CancellationToken cancellationToken)
    {
        Continues = folder.IsUsed;
        var connectionString = steps.DoAsync("PostgreSQL", () => StartPostgreSqlAsync(cancellationToken));
        var build = options.NoBuild
            ? Task.CompletedTask
            : steps.DoAsync("Building the Site (the first time takes longest)", () => SiteBuild.RunAsync(cancellationToken));
        await Task.WhenAll(connectionString, build);

        var gitHub = await steps.DoAsync("Stand-in GitHub", () => StartGitHubAsync(cancellationToken));
        return await steps.DoAsync("Deliverybot", () => StartSiteAsync(gitHub, connectionString.Result, cancellationToken));
    }

    /// <summary>Earlier runs have left something.</summary>
    public bool Continues { get; private set; }

    /// <summary>Forgets what earlier runs have kept.</summary>
    public void Reset() => folder.Reset();

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task<string> StartPostgreSqlAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(SiteEnvironment.ConnectionString) is { Length: > 0 } given)
        {
            return given;
        }

        const string database = "deliverybot";
        var server = await PrivatePostgreSql.StartAsync(new(folder.PostgreSql), cancellationToken);
        started.Push(server);
        await server.EnsureDatabaseAsync(database, cancellationToken);
        return server.ConnectionString(database);
    }

    private async Task<SandboxServer> StartGitHubAsync(CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(
            new SandboxServerOptions
            {
                Port = options.Port,
                Seed = true,
                SeededAt = folder.KeepFirstStart(TimeProvider.System),
                Runner = true,
                App = await folder.KeepAppAsync(cancellationToken),
                MapPages = (web, server) => StandInPages.Map(web, server, options.SiteUrl),
            },
            cancellationToken);
        started.Push(server);
        server.Slack.Url = options.GitHubUrl;
        // Links lead to one host, wherever they come from: the page of a log to that of everything else.
        server.World.Urls.Root = options.GitHubUrl.OriginalString;
        await ReadyProbe.WaitAsync(new Uri(options.GitHubUrl, "/_/health/ready"), cancellationToken);
        return server;
    }

    private async Task<SiteProcess> StartSiteAsync(SandboxServer gitHub, string connectionString, CancellationToken cancellationToken)
    {
        var site = SiteProcess.Start(SiteEnvironment.Of(options, gitHub.App, connectionString, gitHub.Slack.App), folder.SiteLog);
        started.Push(site);
        using var endOfSite = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = ReadyProbe.WaitAsync(new Uri(options.SiteUrl, "/_/health/ready"), endOfSite.Token);
        if (await Task.WhenAny(ready, site.Ended) == site.Ended)
        {
            await endOfSite.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw site.WhyItEnded();
        }

        await ready;
        site.TellsErrors = true;
        gitHub.World.Webhooks.Url = new Uri(options.SiteUrl, "/_/webhooks/github");
        gitHub.Slack.RequestUrl = new Uri(options.SiteUrl, "/_/slack/commands");
        return site;
    }
}
