using Deliverybot.Benchmarks.Databases;
using Deliverybot.Benchmarks.FastGitHub;
using Deliverybot.Benchmarks.GitHubEvents;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;
using Deliverybot.Sandbox;

namespace Deliverybot.Benchmarks;

/// <summary>What every scenario starts its Site, its stand-in GitHub and its database from.</summary>
internal sealed record Workbench(
    BenchmarkOptions Options, DatabaseServer Server, KeyFiles Keys, ConsoleReport Console, TimeProvider Clock)
{
    public static TimeSpan StartAtMost { get; } = TimeSpan.FromSeconds(60);

    private const string WebhookSecret = "benchmark-webhook-secret-0123456789";

    public static SignedEvent Sign(string name, byte[] body) => new(name, body, WebhookSecret);

    public static SignedEvent Push(BranchPush push) => Sign("push", PushPayload.Of(push));

    /// <summary>Which may be sent any number of times, each time as another push.</summary>
    public static SignedEvent PushEachTime(BranchPush push) => Sign("push", PushPayload.Of(push, SignedEvent.OfItsOwn));

    public IReadOnlyList<LoadRepository> Repositories(DeployRule rule) => LoadRepository.Many(Options.Repositories, rule);

    public Task<FastGitHubServer> StartGitHubAsync(IReadOnlyList<LoadRepository> repositories, CancellationToken cancellationToken) =>
        FastGitHubServer.StartAsync(Options.Port + 1, repositories, Clock, cancellationToken);

    public RunningSite StartSite(FastGitHubServer gitHub, BenchmarkDatabase database, string roles = SiteSettings.AllRoles) =>
        StartSite(gitHub.Url, database, roles);

    public RunningSite StartSite(Uri gitHub, BenchmarkDatabase database, string roles) =>
        RunningSite.Start(new SiteSettings(Options.Site, Options.Port, gitHub, database.ConnectionString, WebhookSecret, Keys, roles));

    /// <summary>The App that the Site says it is.</summary>
    public AppCredentials App() => new()
    {
        AppId = SiteSettings.AppId,
        Slug = SiteSettings.AppSlug,
        PrivateKeyPem = File.ReadAllText(Keys.PrivateKeyPath),
        WebhookSecret = WebhookSecret,
        ClientId = SiteSettings.ClientId,
        ClientSecret = SiteSettings.ClientSecret,
    };
}
