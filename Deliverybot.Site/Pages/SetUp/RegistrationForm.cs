using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>What App is to be registered, and where.</summary>
internal sealed class RegistrationForm
{
    public const string UsualGitHub = "https://github.com";

    /// <summary>GitHub's own limit.</summary>
    private const int LongestName = 34;

    /// <summary>How the App is called. GitHub wants it to be unique.</summary>
    public string? Name { get; set; }

    /// <summary>The login of an organisation; empty: the App belongs to the person.</summary>
    public string? Organisation { get; set; }

    /// <summary>The root of the GitHub.</summary>
    public string? GitHub { get; set; }

    /// <summary>The secrets are shown once as environment variables, and not stored.</summary>
    public bool ShowOnly { get; set; }

    public string Called => (Name ?? string.Empty).Trim();

    public string? Account => string.IsNullOrWhiteSpace(Organisation) ? null : Organisation.Trim();

    /// <summary>Good only where there is no fault.</summary>
    public Uri Root() => new((string.IsNullOrWhiteSpace(GitHub) ? UsualGitHub : GitHub.Trim()).TrimEnd('/'));

    /// <returns>What to mend; null where nothing is wrong.</returns>
    public string? Fault() =>
        Called.Length is 0 or > LongestName ? $"Give the App a name of at most {LongestName} characters that nobody at this GitHub uses, such as your company's with Deliverybot behind it."
        : Account is { } account && !account.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? $"'{account}' is no name of an organisation: give the one in its address, or leave it out for your own account."
        : GitHubOptionsFaults.OfUrl(string.IsNullOrWhiteSpace(GitHub) ? null : GitHub.Trim())?.Replace("GitHub:Url", "The address of GitHub", StringComparison.Ordinal);
}
