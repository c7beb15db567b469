using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>
/// Renews a user's token
/// (<see href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens"/>).
/// It is asked once: an answer that is lost takes the refresh token along.
/// </summary>
internal sealed class UserTokenRefresh(
    IHttpClientFactory clients, GitHubAddresses addresses, IOptions<GitHubOptions> options, SecretsInUse secrets, IOptions<GitHubPatience> patience, TimeProvider time)
{
    public const string HttpName = "GitHub OAuth";

    /// <returns>Null if GitHub doesn't take the refresh token any more.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<UserGrant?> RefreshAsync(RefreshToken token, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await AskAsync(token, cancellationToken);
        return answer is { AccessToken: { Length: > 0 } access, Error: null }
            ? new UserGrant(
                new UserToken(access),
                answer.RefreshToken is { Length: > 0 } next ? new RefreshToken(next) : null,
                answer.ExpiresIn is { } seconds ? asked.AddSeconds(seconds) : null)
            : null;
    }

    private async Task<RefreshAnswer?> AskAsync(RefreshToken token, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(HttpName);
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.OAuthToken);
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.ClientId,
            ["client_secret"] = secrets.Now.ClientSecret,
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = token.Value,
        });
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync(RefreshJson.Default.RefreshAnswer, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new RetryLaterException(time.GetUtcNow() + patience.Value.AfterFault, $"GitHub can't be reached ({fault.Message}).", fault) { Holdup = Holdup.Fault };
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RetryLaterException(time.GetUtcNow() + patience.Value.AfterFault, "GitHub didn't answer in time.", fault) { Holdup = Holdup.Fault };
        }
    }
}

/// <summary>What GitHub gives for a user's consent.</summary>
/// <param name="Token">Asks in the user's name.</param>
/// <param name="Refresh">Null where the App's user tokens don't expire.</param>
/// <param name="EndsAt">When the token ends; null where it doesn't.</param>
internal sealed record UserGrant(UserToken Token, RefreshToken? Refresh, DateTimeOffset? EndsAt);

/// <summary>Gets the next user token, once. It never shows in a log line or a message, whoever prints it.</summary>
internal readonly record struct RefreshToken(string Value)
{
    public override string ToString() => "(refresh token)";
}

/// <summary>GitHub's answer to a refresh token; an error comes with 200, too.</summary>
internal sealed record RefreshAnswer(string? AccessToken, int? ExpiresIn, string? RefreshToken, string? Error)
{
    public override string ToString() => "(tokens)";
}

/// <summary>OAuth's answers, which GitHub's REST description doesn't have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RefreshAnswer))]
internal sealed partial class RefreshJson : JsonSerializerContext;

/// <summary>What is sent to end a user's token.</summary>
internal sealed record TokenToRevoke(string AccessToken)
{
    public override string ToString() => "(user token)";
}
