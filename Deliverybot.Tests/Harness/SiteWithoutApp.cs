using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Deliverybot.Tests.Harness;

/// <summary>A Site that has a database and knows no App, beside a stand-in GitHub at which it can get one: as the program starts it.</summary>
internal sealed partial class SiteWithoutApp : IAsyncDisposable
{
    private readonly HouseLog log = new();
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Dictionary<string, string?> settings;
    private Task running = Task.CompletedTask;

    private SiteWithoutApp(TestDatabase database, SandboxServer gitHub)
    {
        GitHub = gitHub;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePorts.Next()}"));
        settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Deliverybot"] = database.ConnectionString,
            ["Deliverybot:Operators"] = "ada",
            ["Deliverybot:PublicUrl"] = Url.GetLeftPart(UriPartial.Authority),
        };
    }

    public Uri Url { get; }

    public SandboxServer GitHub { get; }

    public GitHubWorld World => GitHub.World;

    public IReadOnlyList<string> Log => log.Lines;

    /// <summary>The last that the log has printed.</summary>
    public string? Code => Log.Select(line => Printed().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value;

    public Uri GitHubUrl => new(GitHub.Url.GetLeftPart(UriPartial.Authority));

    /// <param name="database">Of its own, or that of another process of the same site.</param>
    /// <param name="gitHub">Which may be that of another, too.</param>
    public static SiteWithoutApp Start(TestDatabase database, SandboxServer gitHub)
    {
        var site = new SiteWithoutApp(database, gitHub);
        site.running = SiteHost.RunAsync(["--environment", "Development"], site.Configure, site.stop.Token);
        return site;
    }

    /// <summary>A browser; it follows no redirects, and keeps cookies.</summary>
    public HttpClient Visit() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };

    /// <summary>Asks until it answers so. Nothing tells of a site that begins anew but its answers.</summary>
    public async Task AnswersAsync(string path, HttpStatusCode status)
    {
        using var visitor = Visit();
        while (await AskAsync(visitor, path) != status)
        {
            if (running.IsFaulted)
            {
                await running;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // It was told to end while it was starting.
        }

        foreach (var line in Log)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        stop.Dispose();
        log.Dispose();
    }

    private async Task<HttpStatusCode?> AskAsync(HttpClient visitor, string path)
    {
        try
        {
            using var answer = await visitor.GetAsync(path, stop.Token);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls(Url.GetLeftPart(UriPartial.Authority));
        builder.Logging.ClearProviders().AddProvider(log);
    }

    [GeneratedRegex("Set-up code, good for 15 minutes: ([A-Z0-9-]+)")]
    private static partial Regex Printed();
}
