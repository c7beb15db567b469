using System.Collections.Concurrent;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub;

/// <summary>The way to GitHub: as the App, as one of its installations, or as a user.</summary>
internal sealed class GitHubClients
{
    private readonly ConcurrentDictionary<InstallationId, Lazy<InstallationClient>> _installations = new();
    private readonly GitHubTransports _transports;
    private readonly GitHubTransport _app;
    private readonly Entrance _entrance;
    private readonly IOptions<GitHubOptions> _options;
    private readonly TimeProvider _time;

    public GitHubClients(GitHubTransports transports, AppIdentity app, Entrance entrance, IOptions<GitHubOptions> options, SecretsInUse secrets, TimeProvider time)
    {
        _transports = transports;
        _entrance = entrance;
        _options = options;
        _time = time;
        _app = transports.Of(app);
        App = new AppClient(_app, transports.Of(new OAuthClientIdentity(options, secrets)), options);
    }

    public AppClient App { get; }

    /// <summary>The same client each time, for it holds the token, the limits and the ETags.</summary>
    public InstallationClient Installation(InstallationId id) =>
        _installations.GetOrAdd(id, static (id, clients) => new Lazy<InstallationClient>(() => clients.Create(id)), this).Value;

    /// <returns>Whether GitHub takes a key for the App's, before anything rests on it.</returns>
    /// <param name="pem">Sound PEM.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RetryLaterException">GitHub can't be asked now.</exception>
    public async Task<bool> TakesAsync(string pem, CancellationToken cancellationToken)
    {
        using var key = new SigningKey(pem);
        try
        {
            await _transports.Of(new KeyOnTrial(key.Sign(_options.Value.RequiredAppId(), _time.GetUtcNow()))).SendAsync(GitHubCall.Get($"app"), cancellationToken);
            return true;
        }
        catch (GitHubRefusedException refused) when (refused.Status == System.Net.HttpStatusCode.Unauthorized)
        {
            return false;
        }
    }

    public UserClient User(UserToken token) => new(_transports.Of(new UserIdentity(token)));

    private InstallationClient Create(InstallationId id)
    {
        var identity = new InstallationIdentity(id, _app, _entrance, _time);
        return new InstallationClient(_transports.Of(identity, id), id);
    }
}
