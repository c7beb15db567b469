using Deliverybot.Data.Names;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Octokit.Caching;
using Octokit.Internal;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Makes one <see cref="GitHubTransport"/> an identity, all over the same connections.</summary>
internal sealed class GitHubTransports(
    GitHubHttp http,
    ETagStore etags,
    CallMetrics metrics,
    RateLimits rates,
    Entrance entrance,
    GitHubAddresses addresses,
    IOptions<GitHubPatience> patience,
    TimeProvider time,
    ILogger<ObservedHttp> logger)
{
    public GitHubTransport Of(IGitHubIdentity identity) => Over(Observed(identity, installation: null), identity);

    /// <summary>With ETags. Users go without: their answers are theirs alone, and gone with the request.</summary>
    public GitHubTransport Of(InstallationIdentity identity, InstallationId installation) =>
        Over(new CachingHttpClient(Observed(identity, installation), new ETagCache(etags, installation)), identity);

    private ObservedHttp Observed(IGitHubIdentity identity, InstallationId? installation) =>
        new(http, metrics, rates, time, logger, identity.Kind, installation);

    private GitHubTransport Over(IHttpClient client, IGitHubIdentity identity) =>
        new(client, identity, new CallLimits(time), entrance, addresses, patience.Value, time);
}
