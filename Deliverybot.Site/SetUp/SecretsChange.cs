using System.Security.Cryptography;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Site.SetUp;

/// <summary>
/// Changes a secret of the registered App without an outage: the new one is good beside the old one, in every process, until GitHub has it
/// too; then the old one is dropped.
/// </summary>
internal sealed partial class SecretsChange(StoredApps stored, SecretsWatch watch, GitHubClients gitHub, ILogger<SecretsChange> logger)
{
    private const int SecretBytes = 32;

    public async Task<AppSecrets?> FindAsync(CancellationToken cancellationToken) => (await stored.FindAsync(cancellationToken))?.Keys.Secrets;

    /// <returns>The new secret, to be shown once; null if somebody else has changed something meanwhile.</returns>
    public async Task<string?> AddWebhookSecretAsync(string who, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true);
        return await ChangeAsync(who, "a new webhook secret beside the old", secrets => secrets with { NextWebhookSecret = secret }, cancellationToken) ? secret : null;
    }

    /// <param name="who">Who does it.</param>
    /// <param name="keepNew">The new one stays, the old one goes; else the other way round.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if somebody else has changed something meanwhile.</returns>
    public Task<bool> SettleWebhookSecretAsync(string who, bool keepNew, CancellationToken cancellationToken) => ChangeAsync(
        who,
        keepNew ? "the new webhook secret alone" : "the old webhook secret alone",
        secrets => secrets with { WebhookSecret = keepNew ? secrets.NextWebhookSecret ?? secrets.WebhookSecret : secrets.WebhookSecret, NextWebhookSecret = null },
        cancellationToken);

    /// <returns>What is wrong with it; null if it is good beside the old one now.</returns>
    /// <exception cref="Jobs.GitHub.Transport.RetryLaterException">GitHub can't be asked now.</exception>
    public async Task<string?> AddKeyAsync(string who, string pem, CancellationToken cancellationToken) =>
        !AppSecrets.IsKey(pem) ? "That is no private key: paste all that is in the .pem file that GitHub gave you."
        : !await gitHub.TakesAsync(pem, cancellationToken) ? "GitHub doesn't take that key for this App: was it made on this App's page, and not deleted there?"
        : await ChangeAsync(who, "a new private key beside the old", secrets => secrets with { NextPrivateKey = pem }, cancellationToken) ? null
        : Meanwhile;

    /// <inheritdoc cref="SettleWebhookSecretAsync"/>
    public Task<bool> SettleKeyAsync(string who, bool keepNew, CancellationToken cancellationToken) => ChangeAsync(
        who,
        keepNew ? "the new private key alone" : "the old private key alone",
        secrets => secrets with { PrivateKey = keepNew ? secrets.NextPrivateKey ?? secrets.PrivateKey : secrets.PrivateKey, NextPrivateKey = null },
        cancellationToken);

    /// <returns>False if somebody else has changed something meanwhile.</returns>
    public Task<bool> ChangeClientSecretAsync(string who, string secret, CancellationToken cancellationToken) =>
        ChangeAsync(who, "another client secret", secrets => secrets with { ClientSecret = secret }, cancellationToken);

    public const string Meanwhile = "Somebody else has changed the App's secrets meanwhile. See what is there now.";

    private async Task<bool> ChangeAsync(string who, string what, Func<AppSecrets, AppSecrets> change, CancellationToken cancellationToken)
    {
        if (await stored.TryChangeAsync(change, cancellationToken) is null)
        {
            return false;
        }

        Log.Changed(logger, who, what);
        await watch.LookAsync(cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Who} has changed the App's secrets: {What}.")]
        public static partial void Changed(ILogger logger, string who, string what);
    }
}
