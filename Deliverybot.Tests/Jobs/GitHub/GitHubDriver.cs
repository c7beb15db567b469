using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>Our clients, as the program registers them, against a <see cref="ScriptedGitHub"/> and a clock that the test turns.</summary>
internal sealed class GitHubDriver : IAsyncDisposable
{
    public static readonly RepositoryName Shop = new("octo", "shop");
    public static readonly InstallationId Installed = new(42);
    public static readonly UserToken Token = new("ghu_secret");
    public static readonly CommitSha Sha = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567");

    /// <summary>Where the routes of <see cref="Shop"/> begin.</summary>
    public const string ShopRoute = "/api/v3/repos/octo/shop";

    private static readonly RSA Key = RSA.Create(2048);

    private readonly ServiceProvider _services;

    private GitHubDriver(ScriptedGitHub github, FakeTimeProvider time)
    {
        GitHub = github;
        Time = time;
        var settings = new Dictionary<string, string?>
        {
            ["GitHub:Url"] = github.Url.ToString(),
            ["GitHub:AppId"] = "7",
            ["GitHub:PrivateKey"] = Key.ExportRSAPrivateKeyPem(),
            ["GitHub:ClientId"] = "Iv1.client",
            ["GitHub:ClientSecret"] = "client_secret",
        };
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<TimeProvider>(time)
            .AddGitHub(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .Configure<GitHubPatience>(patience => patience.FirstPause = TimeSpan.Zero)
            .BuildServiceProvider();
        Clients = _services.GetRequiredService<GitHubClients>();
    }

    public ScriptedGitHub GitHub { get; }

    public FakeTimeProvider Time { get; }

    public GitHubClients Clients { get; }

    public RecordedLog Log { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>The App's public key, as GitHub keeps it.</summary>
    public static RSA PublicKey => Key;

    public RepositoryClient Repository => Clients.Installation(Installed).Repository(Shop);

    public UserClient User => Clients.User(Token);

    public static async Task<GitHubDriver> StartAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        return new GitHubDriver(await ScriptedGitHub.StartAsync(time), time);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
