using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// The App's secrets as they are now: those of an App that was registered in the browser change while the process runs, others with its
/// settings. Of what signs there are two while it is changed.
/// </summary>
internal sealed class SecretsInUse(IOptions<GitHubOptions> options)
{
    private volatile AppSecretsNow now = options.Value.ReadSecrets();

    public AppSecretsNow Now => now;

    public void Change(AppSecretsNow secrets) => now = secrets;
}

/// <param name="ClientSecret">Of the OAuth client; GitHub takes an old one beside a new one.</param>
/// <param name="WebhookSecrets">Of which GitHub signs with one.</param>
/// <param name="PrivateKeys">PEM; of which GitHub takes one at least, the first one first.</param>
internal sealed record AppSecretsNow(string? ClientSecret, IReadOnlyList<string> WebhookSecrets, IReadOnlyList<string> PrivateKeys)
{
    public override string ToString() => "(secrets of the App)";
}
