using System.Net;
using System.Net.Sockets;
using Deliverybot.Data;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Deliverybot.Tests.Harness;

/// <summary>
/// The whole house for one test class: a stand-in GitHub, the Site against it, and a database of their own. GitHub has the
/// organisation acme, on which the App is installed, with ada who may write and rita who may read. A request to a route that
/// GitHub doesn't have fails the class.
/// </summary>
public sealed class House(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly HouseLog log = new();
    private HouseTown? town;
    private WebApplication? application;

    /// <summary>The Site's clock, where it isn't the system's; the stand-in GitHub keeps the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the Site does; without <c>worker</c> nothing is processed but by the test itself.</summary>
    public string Roles { get; init; } = "web,worker";

    /// <summary>Settings of a class, which go before those of every house.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What stands in the Site beside its own.</summary>
    public Action<IServiceCollection> Beside { get; init; } = static _ => { };

    /// <summary>Its <c>ConnectionString</c> and <c>Source</c>.</summary>
    public TestDatabase Database { get; } = new(postgreSql);

    public SandboxServer GitHub { get; private set; } = null!;

    public GitHubWorld World => GitHub.World;

    public Account Ada => Town.Ada;

    public Account Rita => Town.Rita;

    public Uri SiteUrl { get; private set; } = null!;

    /// <summary>A visitor who isn't signed in; redirects aren't followed.</summary>
    public HttpClient Site { get; private set; } = null!;

    /// <summary>The Site's services.</summary>
    public IServiceProvider Services => application!.Services;

    /// <summary>What the Site has logged, warnings and worse first to look at.</summary>
    public IReadOnlyList<string> Log => log.Lines;

    private HouseTown Town => town!;

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await Database.InitializeAsync();
        SiteUrl = Listen();
        var options = new SandboxServerOptions { App = TestApp.Credentials, WebhookUrl = new Uri(SiteUrl, "/_/webhooks/github") };
        GitHub = await SandboxServer.StartAsync(options, stop);
        GitHub.Slack.RequestUrl = new Uri(SiteUrl, "/_/slack/commands");
        // No file of settings changes meanwhile: nothing watches the folder of the tests for it.
        application = SiteApplication.Build(["--environment", "Development", "--hostBuilder:reloadConfigOnChange", "false"], Configure);
        await application.StartAsync(stop);
        Site = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = SiteUrl };
        town = new HouseTown(World);
    }

    /// <summary>A repository of acme's that no other test has; the App sees it, ada may write, rita may read.</summary>
    /// <param name="deployFile">Its <c>.github/deploy.yml</c>.</param>
    public Repository CreateRepository(string? deployFile = null) => Town.CreateRepository(deployFile);

    /// <summary>Goes through GitHub's sign-in as a browser does, and keeps the cookies; redirects aren't followed afterwards.</summary>
    public Task<HttpClient> SignInAsync(string login) => Browser.SignInAsync(SiteUrl, login, TestContext.Current.CancellationToken);

    /// <summary>Looks into the database.</summary>
    public async Task<T> ReadAsync<T>(Func<DeliverybotContext, Task<T>> read)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(Database.Source.CreateConnection());
        await using var context = new DeliverybotContext(options.Options);
        return await read(context);
    }

    /// <summary>Awaits what becomes true by webhooks and jobs: asks again whenever something happens at GitHub or in the database.</summary>
    public Task EventuallyAsync(Func<Task<bool>> isTrue, string expectation, TimeSpan? patience = null) =>
        Happenings.AwaitAsync(this, isTrue, expectation, patience ?? Happenings.Patience, TestContext.Current.CancellationToken);

    /// <summary>Where nothing else does it: processes what GitHub has told by now, in the order of its arrival.</summary>
    public async Task ProcessAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await World.Webhooks.WaitUntilDeliveredAsync(stop);
        await using var scope = Services.CreateAsyncScope();
        var arrived = await scope.ServiceProvider.GetRequiredService<DeliverybotContext>().WebhookDeliveries.AsNoTracking()
            .Where(delivery => delivery.ProcessedAt == null)
            .OrderBy(delivery => delivery.Id)
            .ToListAsync(stop);
        await scope.ServiceProvider.GetRequiredService<DeliveryProcessor>().ProcessAsync(arrived, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }

        Site?.Dispose();
        var unknown = GitHub?.Requests.UnknownRoutes ?? [];
        if (GitHub is not null)
        {
            await GitHub.DisposeAsync();
        }

        await Database.DisposeAsync();
        socket.Dispose();
        log.Dispose();
        Assert.True(unknown.Count == 0, $"GitHub has no such routes: {string.Join(", ", unknown.Select(request => $"{request.Method} {request.Path}"))}");
    }

    // The Site must know its public address before it starts, so the port is taken first and handed over.
    private Uri Listen()
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(HouseSettings.For(GitHub, Database, SiteUrl, Roles)).AddInMemoryCollection(Settings);
        builder.WebHost.UseUrls(SiteUrl.GetLeftPart(UriPartial.Authority));
        builder.Services.AddSingleton(Clock);
        Beside(builder.Services);
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = _ => socket);
        builder.Logging.ClearProviders().AddProvider(log);
    }
}
