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
    /// <returns>Null if the App isn't installed there.</returns>
    public async Task<Installation?> GetInstallationAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var answer = await app.SendAsync(GitHubCall.Get($"repos/{repository}/installation"), cancellationToken);
        return answer.ReadUnlessMissing(GitHubJson.Default.Installation);
    }

    /// <returns>Null if it has been uninstalled.</returns>
    public async Task<Installation?> GetInstallationAsync(InstallationId id, CancellationToken cancellationToken)
    {
        var answer = await app.SendAsync(GitHubCall.Get($"app/installations/{id}"), cancellationToken);
        return answer.ReadUnlessMissing(GitHubJson.Default.Installation);
    }

    /// <summary>Those of users and organisations.</summary>
    public IAsyncEnumerable<Installation> ListInstallationsAsync(CancellationToken cancellationToken) =>
        app.ReadAllAsync(GitHubCall.Get($"app/installations?per_page=100"), GitHubJson.Default.InstallationArray, cancellationToken)
            .Where(installation => installation.HasOwner);

    /// <summary>
    /// The deliveries since a time that never arrived, the newest first: the last attempt of each that no attempt brought home.
    /// </summary>
    public async Task<IReadOnlyList<HookDelivery>> ListFailedHookDeliveriesAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"app/hook/deliveries?per_page=100");
        var attempts = new List<HookDelivery>();
        // GitHub gives the newest first, page by page at a cursor that its link carries.
        await foreach (var attempt in app.ReadAllAsync(call, GitHubJson.Default.HookDeliveryArray, cancellationToken))
        {
            if (attempt.DeliveredAt < since)
            {
                break;
            }

            attempts.Add(attempt);
        }

        return [.. attempts
            .GroupBy(attempt => attempt.Guid)
            .Where(delivery => !delivery.Any(attempt => attempt.Succeeded))
            .Select(delivery => delivery.First())];
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
        var body = JsonSerializer.Serialize(new TokenToRevoke(token.Value), GitHubJson.Default.TokenToRevoke);
        var answer = await oauthClient.SendAsync(GitHubCall.Delete($"applications/{options.Value.ClientId}/token", body), cancellationToken);
        if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity))
        {
            answer.EnsureSuccess();
        }
    }
}
