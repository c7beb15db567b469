namespace Deliverybot.Jobs.GitHub;

/// <summary>The section <c>GitHub</c> of the settings. Everything but the address may be absent: then no App is configured yet.</summary>
internal sealed class GitHubOptions
{
    public const string Section = "GitHub";

    public Uri Url { get; set; } = new("https://github.com");

    public long? AppId { get; set; }

    public string? AppSlug { get; set; }

    /// <summary>PEM, PKCS#1 or PKCS#8; line ends may be written as <c>\n</c>.</summary>
    public string? PrivateKey { get; set; }

    public string? PrivateKeyPath { get; set; }

    public string? WebhookSecret { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The App's key as PEM, from whichever of the two settings is there.</summary>
    public string? ReadPrivateKey() => (PrivateKey, PrivateKeyPath) switch
    {
        ({ Length: > 0 } key, _) => key.Replace("\\n", "\n", StringComparison.Ordinal),
        (_, { Length: > 0 } path) => File.ReadAllText(path),
        _ => null,
    };
}
