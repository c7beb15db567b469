using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox;
using Deliverybot.Tests.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>Our clients, as the program registers them, against the stand-in GitHub. A route that it doesn't have fails the test.</summary>
internal sealed class SandboxGitHub : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SandboxGitHub(SandboxDriver sandbox)
    {
        Sandbox = sandbox;
        var app = sandbox.Server.App;
        var settings = new Dictionary<string, string?>
        {
            ["GitHub:Url"] = sandbox.Server.Url.ToString(),
            ["GitHub:AppId"] = $"{app.AppId}",
            ["GitHub:AppSlug"] = app.Slug,
            ["GitHub:PrivateKey"] = app.PrivateKeyPem,
            ["GitHub:WebhookSecret"] = app.WebhookSecret,
            ["GitHub:ClientId"] = app.ClientId,
            ["GitHub:ClientSecret"] = app.ClientSecret,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        GitHubOptionsFaults.In(configuration).ShouldBeEmpty();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(sandbox.Time)
            .AddGitHub(configuration)
            .Configure<GitHubPatience>(patience => patience.FirstPause = TimeSpan.Zero)
            .BuildServiceProvider();
        Clients = _services.GetRequiredService<GitHubClients>();
    }

    public SandboxDriver Sandbox { get; }

    public GitHubClients Clients { get; }

    public InstallationId InstallationId => new(Sandbox.Installation.Id);

    public RepositoryName Name => RepositoryName.Parse(Sandbox.Repository.FullName);

    public CommitSha Head => CommitSha.Parse(Sandbox.Repository.Head);

    public RepositoryClient Repository => Clients.Installation(InstallationId).Repository(Name);

    public UserClient Writer => Clients.User(new UserToken(Sandbox.UserToken(Sandbox.Writer)));

    public UserClient Reader => Clients.User(new UserToken(Sandbox.UserToken(Sandbox.Reader)));

    public static async Task<SandboxGitHub> StartAsync(SandboxServerOptions? options = null) =>
        new(await SandboxDriver.StartAsync(options));

    public async ValueTask DisposeAsync()
    {
        var unknown = Sandbox.Server.Requests.UnknownRoutes;
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
        unknown.ShouldBeEmpty();
    }
}
