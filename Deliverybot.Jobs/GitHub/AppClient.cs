using System.Net;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub;

/// <summary>What the App does as itself, for no installation in particular: <see href="https://docs.github.com/rest/apps"/>.</summary>
internal sealed class AppClient(GitHubTransport app, GitHubTransport oauthClient, IOptions<GitHubOptions> options)
{
    public async Task<GitHubApp> GetSelfAsync(CancellationToken cancellationToken) =>
        (await app.SendAsync(GitHubCall.Get($"app"), cancellationToken)).Read(AccessJson.Default.GitHubApp);

    /// <summary>Where GitHub sends webhooks to, and how.</summary>
    public async Task<HookConfig> GetHookConfigAsync(CancellationToken cancellationToken) =>
        (await app.SendAsync(GitHubCall.Get($"app/hook/config"), cancellationToken)).Read(AccessJson.Default.HookConfig);

    /// <returns>Null if the App isn't installed there.</returns>
    public Task<GitHubInstallation?> GetInstallationAsync(RepositoryName repository, CancellationToken cancellationToken) =>
        app.FindAsync(GitHubCall.Get($"repos/{repository}/installation"), AccessJson.Default.GitHubInstallation, cancellationToken);

    /// <returns>Null if it has been uninstalled.</returns>
    public Task<GitHubInstallation?> GetInstallationAsync(InstallationId id, CancellationToken cancellationToken) =>
        app.FindAsync(GitHubCall.Get($"app/installations/{id}"), AccessJson.Default.GitHubInstallation, cancellationToken);

    /// <summary>Those of users and organisations.</summary>
    public IAsyncEnumerable<GitHubInstallation> ListInstallationsAsync(CancellationToken cancellationToken) =>
        app.ReadAllAsync(GitHubCall.Get($"app/installations?per_page=100"), AccessJson.Default.GitHubInstallationArray, cancellationToken)
            .Where(installation => installation.HasOwner);

    /// <summary>A page of the attempts to deliver a webhook, the newest first.</summary>
    /// <param name="cursor">From the page before; null for the newest.</param>
    public async Task<HookDeliveries> ListHookDeliveriesAsync(string? cursor, CancellationToken cancellationToken)
    {
        GitHubPath path = $"app/hook/deliveries?per_page=100";
        var answer = await app.SendAsync(GitHubCall.Get(path.And("cursor", cursor)), cancellationToken);
        return new HookDeliveries(answer.Read(AccessJson.Default.HookDeliveryArray), HookDeliveries.CursorOf(answer.NextPage));
    }

    /// <returns>False if GitHub has forgotten the delivery.</returns>
    public async Task<bool> RedeliverAsync(HookDelivery delivery, CancellationToken cancellationToken)
    {
        // A delivery that arrives twice is taken once, so asking twice does no harm.
        var call = GitHubCall.RepeatablePost($"app/hook/deliveries/{delivery.Id}/attempts", "{}");
        var answer = await app.SendAsync(call, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return false;
        }

        answer.EnsureSuccess();
        return true;
    }

    /// <summary>Ends one token of a user's; one that has ended already is fine.</summary>
    public async Task RevokeAsync(UserToken token, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new TokenToRevoke(token.Value), AccessJson.Default.TokenToRevoke);
        var answer = await oauthClient.SendAsync(GitHubCall.Delete($"applications/{options.Value.ClientId}/token", body), cancellationToken);
        if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity))
        {
            answer.EnsureSuccess();
        }
    }
}
