using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What GitHub gives for a registered App, once (<see href="https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest"/>).</summary>
/// <param name="Id">GitHub's number of it.</param>
/// <param name="Slug">The last part of its public address.</param>
/// <param name="ClientId">With the secret, what signs people in.</param>
/// <param name="Secrets">What nobody else may know.</param>
internal sealed record AppKeys(long Id, string Slug, string ClientId, AppSecrets Secrets)
{
    /// <summary>The settings that say the same, with their values.</summary>
    /// <param name="gitHub">The root of the GitHub that it is registered at.</param>
    public IEnumerable<KeyValuePair<string, string?>> Settings(Uri gitHub) =>
    [
        Setting(nameof(GitHubOptions.Url), gitHub.OriginalString),
        Setting(nameof(GitHubOptions.AppId), $"{Id}"),
        Setting(nameof(GitHubOptions.AppSlug), Slug),
        Setting(nameof(GitHubOptions.ClientId), ClientId),
        Setting(nameof(GitHubOptions.ClientSecret), Secrets.ClientSecret),
        Setting("WebhookSecret", Secrets.WebhookSecret),
        Setting("PrivateKey", Secrets.PrivateKey),
        .. Secrets.NextWebhookSecret is { } secret ? [Setting("WebhookSecret:1", secret)] : Array.Empty<KeyValuePair<string, string?>>(),
        .. Secrets.NextPrivateKey is { } key ? [Setting("PrivateKey:1", key)] : Array.Empty<KeyValuePair<string, string?>>(),
    ];

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"{GitHubOptions.Section}:{name}", value);
}

/// <param name="ClientSecret">Of the OAuth client.</param>
/// <param name="WebhookSecret">Signs what GitHub sends.</param>
/// <param name="PrivateKey">PEM; signs what the App asks for.</param>
/// <param name="NextWebhookSecret">Good beside the other, while it is changed.</param>
/// <param name="NextPrivateKey">PEM; good beside the other, while it is changed.</param>
internal sealed record AppSecrets(
    string ClientSecret, string WebhookSecret, string PrivateKey, string? NextWebhookSecret = null, string? NextPrivateKey = null)
{
    public AppSecretsNow Now() => new(
        ClientSecret,
        NextWebhookSecret is null ? [WebhookSecret] : [WebhookSecret, NextWebhookSecret],
        NextPrivateKey is null ? [PrivateKey] : [PrivateKey, NextPrivateKey]);

    /// <summary>Whether the private key is one: nothing works without.</summary>
    public bool IsUsable() => IsKey(PrivateKey);

    public static bool IsKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    public override string ToString() => "(secrets of the App)";
}

[JsonSerializable(typeof(AppSecrets))]
internal sealed partial class AppSecretsJson : JsonSerializerContext;
