using Microsoft.Extensions.Configuration;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>The section <c>GitHub</c> of the settings. Everything but the address may be absent: then no App is configured yet.</summary>
internal sealed class GitHubOptions
{
    public const string Section = "GitHub";

    public Uri Url { get; set; } = new("https://github.com");

    public long? AppId { get; set; }

    /// <exception cref="InvalidOperationException">No App is configured.</exception>
    public long RequiredAppId() => AppId ?? throw new InvalidOperationException("No GitHub App is configured: GitHub:AppId is missing.");

    public string? AppSlug { get; set; }

    /// <summary>PEM, PKCS#1 or PKCS#8; line ends may be written as <c>\n</c>. Two while it is changed.</summary>
    public IReadOnlyList<string> PrivateKeys { get; private set; } = [];

    public IReadOnlyList<string> PrivateKeyPaths { get; private set; } = [];

    /// <summary>Two while it is changed.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; private set; } = [];

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Reads the settings of which there may be two: the binder knows no such thing.</summary>
    public GitHubOptions WithPairsOf(IConfiguration section)
    {
        PrivateKeys = TwoAtATime.Of(section, "PrivateKey");
        PrivateKeyPaths = TwoAtATime.Of(section, "PrivateKeyPath");
        WebhookSecrets = TwoAtATime.Of(section, "WebhookSecret");
        return this;
    }

    /// <exception cref="IOException">A key's file can't be read.</exception>
    public AppSecretsNow ReadSecrets() => new(
        ClientSecret,
        WebhookSecrets,
        [.. PrivateKeys.Select(WithLineEnds), .. PrivateKeyPaths.Select(File.ReadAllText)]);

    /// <summary>A key in one line, as a variable may have it.</summary>
    public static string WithLineEnds(string pem) => pem.Replace("\\n", "\n", StringComparison.Ordinal);
}

/// <summary>Where one GitHub answers, derived from the address people see in their browser.</summary>
internal sealed record GitHubAddresses(Uri Web, Uri Api, Uri GraphQl, Uri OAuthAuthorize, Uri OAuthToken)
{
    /// <summary>github.com, a <c>NAME.ghe.com</c> with data residency, or else a GitHub Enterprise Server.</summary>
    public static GitHubAddresses Of(Uri url)
    {
        var web = new Uri(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        var hasApiHost = web.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
            || web.Host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);
        var api = hasApiHost ? new UriBuilder(web) { Host = "api." + web.Host, Path = "/" }.Uri : new Uri(web, "api/v3/");
        return new GitHubAddresses(
            web,
            api,
            hasApiHost ? new Uri(api, "graphql") : new Uri(web, "api/graphql"),
            new Uri(web, "login/oauth/authorize"),
            new Uri(web, "login/oauth/access_token"));
    }
}

/// <summary>How long we wait for GitHub, and how often we ask again what may be asked again.</summary>
internal sealed class GitHubPatience
{
    /// <summary>For one attempt. GitHub itself gives up after 10 seconds.</summary>
    public TimeSpan Attempt { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>For all attempts and the pauses between them.</summary>
    public TimeSpan Total { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>For the same, where a person waits for the page: whoever hears nothing for longer takes the site for broken.</summary>
    public TimeSpan Person { get; set; } = TimeSpan.FromSeconds(15);

    public int Retries { get; set; } = 3;

    /// <summary>Before the first retry; doubled for each further one, and jittered.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>When a call is to be made again that failed in spite of all attempts.</summary>
    public TimeSpan AfterFault { get; set; } = TimeSpan.FromSeconds(20);
}
