using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>
/// Trades the code that GitHub sends the browser back with for the App's keys
/// (<see href="https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest"/>). GitHub gives them once.
/// </summary>
internal sealed class ManifestConversion(IHttpClientFactory clients)
{
    public const string HttpName = "GitHub App manifest";

    /// <exception cref="ManifestConversionException">GitHub didn't give them; the message says why, and what to do.</exception>
    public async Task<AppKeys> ConvertAsync(Uri gitHub, string code, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(gitHub, code, cancellationToken);
        var keys = answer is { Id: > 0, Slug: { Length: > 0 } slug, ClientId: { Length: > 0 } client, ClientSecret: { Length: > 0 } clientSecret, Pem: { Length: > 0 } pem }
            ? new AppKeys(answer.Id, slug, client, new AppSecrets(clientSecret, answer.WebhookSecret ?? string.Empty, pem))
            : null;
        return keys is not null && keys.Secrets.WebhookSecret.Length > 0 && keys.Secrets.IsUsable()
            ? keys
            : throw new ManifestConversionException("GitHub's answer lacks a part of the App's keys. Delete the App at GitHub, and register it anew.");
    }

    private async Task<ConvertedApp?> AskAsync(Uri gitHub, string code, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(HttpName);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(GitHubAddresses.Of(gitHub).Api, $"app-manifests/{Uri.EscapeDataString(code)}/conversions"));
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("Deliverybot");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
            {
                throw new ManifestConversionException("GitHub doesn't know this code, or doesn't any more: it is good once, for an hour. Register the App anew; delete at GitHub what came of this try.");
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync(ConvertedAppJson.Default.ConvertedApp, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new ManifestConversionException($"{gitHub.Host} can't be asked for the App's keys now ({fault.Message}). Reload this page within the hour.", fault);
        }
        catch (JsonException fault)
        {
            throw new ManifestConversionException($"{gitHub.Host} doesn't answer as GitHub does. Is it the root of a GitHub?", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ManifestConversionException($"{gitHub.Host} didn't answer in time. Reload this page within the hour.", fault);
        }
    }
}

internal sealed class ManifestConversionException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The part of GitHub's answer that is of use.</summary>
internal sealed record ConvertedApp(long Id, string? Slug, string? ClientId, string? ClientSecret, string? WebhookSecret, string? Pem)
{
    public override string ToString() => "(a registered App)";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ConvertedApp))]
internal sealed partial class ConvertedAppJson : JsonSerializerContext;
