using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Registering;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Tokens;
using Deliverybot.Sandbox.Webhooks;

namespace Deliverybot.Sandbox.World;

/// <summary>
/// All that this GitHub knows, and every act that changes it. Acts are safe from any thread and send the webhooks that
/// GitHub would send.
/// </summary>
public sealed partial class GitHubWorld
{
    private readonly Dictionary<long, Repository> _repositories = [];
    private readonly Dictionary<string, Repository> _repositoriesByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Repository> _formerNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, Installation> _installations = [];
    private long _lastId = 1000;
    private long _lastSequence;

    internal GitHubWorld(AppCredentials app, TimeProvider time, GitHubUrls urls, WebhookOutbox webhooks, TokenVault tokens)
    {
        App = app;
        Time = time;
        Urls = urls;
        Webhooks = webhooks;
        Tokens = tokens;
        Manifests = new ManifestDesk(time);
        AppOwner = AddAccount("deliverybot-makers", AccountKind.Organization, "Deliverybot makers");
        AppBot = AddAccount($"{app.Slug}[bot]", AccountKind.Bot, app.Slug);
        ActionsBot = AddAccount("github-actions[bot]", AccountKind.Bot, "github-actions");
    }

    /// <summary>Raised inside the world's lock after each act; listeners must be quick and must not act themselves.</summary>
    public event Action<WorldEvent>? Happened;

    public AppCredentials App { get; }

    /// <summary>What the App is registered with. An installation keeps what it was installed with until its owner accepts more.</summary>
    public Dictionary<string, string> AppPermissions { get; } = new(AppManifest.Permissions, StringComparer.Ordinal);

    /// <summary>What the App subscribes to.</summary>
    public HashSet<string> AppEvents { get; } = new(AppManifest.Events, StringComparer.Ordinal);

    public TimeProvider Time { get; }

    /// <summary>Deliveries to the App.</summary>
    public WebhookOutbox Webhooks { get; }

    /// <summary>Where Apps are registered from a manifest.</summary>
    public ManifestDesk Manifests { get; }

    public Account AppBot { get; }

    public Account ActionsBot { get; }

    internal Account AppOwner { get; }

    internal Lock Gate { get; } = new();

    internal GitHubUrls Urls { get; }

    internal TokenVault Tokens { get; }

    /// <summary>How long ago acts are said to have happened; lets a past be planted.</summary>
    internal TimeSpan Backdated { get; set; }

    /// <summary>While set, it is always then; a past that is planted at the same moment has the same commits each time.</summary>
    internal DateTimeOffset? StoppedClock { get; set; }

    /// <summary>Reads several things of one moment.</summary>
    public T Read<T>(Func<GitHubWorld, T> read)
    {
        lock (Gate)
        {
            return read(this);
        }
    }

    public IReadOnlyList<Account> Accounts => Read(_ => _accounts.Values.ToList());

    public IReadOnlyList<Repository> Repositories => Read(_ => _repositories.Values.ToList());

    public IReadOnlyList<Installation> Installations => Read(_ => _installations.Values.ToList());

    public Account? FindAccount(string login) => Read(_ => _accounts.GetValueOrDefault(login));

    public Account? FindAccount(long id) => Read(_ => _accounts.Values.FirstOrDefault(account => account.Id == id));

    /// <summary>By <c>owner/name</c>, in any case.</summary>
    public Repository? FindRepository(string fullName) => Read(_ => _repositoriesByName.GetValueOrDefault(fullName));

    /// <summary>The repository that once had this name, which GitHub redirects to.</summary>
    internal Repository? FindRenamed(string formerName) => Read(_ => _formerNames.GetValueOrDefault(formerName));

    public Repository? FindRepository(long id) => Read(_ => _repositories.GetValueOrDefault(id));

    public Installation? FindInstallation(long id) => Read(_ => _installations.GetValueOrDefault(id));

    /// <summary>The installation that covers a repository, suspended or not.</summary>
    public Installation? InstallationOf(Repository repository) =>
        Read(_ => _installations.Values.FirstOrDefault(installation => installation.Covers(repository)));

    internal long NextId() => Interlocked.Increment(ref _lastId);

    internal DateTimeOffset Now() => (StoppedClock ?? Time.GetUtcNow()) - Backdated;

    internal void SkipIds(long count) => Interlocked.Add(ref _lastId, count);

    private long NextSequence() => ++_lastSequence;

    private void Emit(string name, Repository repository, Account sender, JsonObject body)
    {
        var installation = _installations.Values.FirstOrDefault(candidate => candidate.Covers(repository));
        var action = (string?)body["action"];
        if (installation is { SuspendedAt: null } && installation.Events.Contains(name))
        {
            body["repository"] ??= RepositoryJson.Of(this, repository);
            Send(name, installation, repository, sender, body);
        }

        Happened?.Invoke(new WorldEvent(name, action, repository, sender) { After = (string?)(body["after"] ?? body["pull_request"]?["head"]?["sha"]) });
    }

    private void Send(string name, Installation installation, Repository? repository, Account sender, JsonObject body)
    {
        if (repository is not null && installation.Account.Kind == AccountKind.Organization)
        {
            body["organization"] = AccountJson.Organization(Urls, installation.Account);
        }

        body["sender"] = AccountJson.Simple(Urls, sender);
        body["installation"] ??= new JsonObject
        {
            ["id"] = installation.Id,
            ["node_id"] = NodeId.Of("MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u", installation.Id),
        };
        Webhooks.Send(name, (string?)body["action"], installation.Id, repository?.Id, body);
    }
}
