using System.Globalization;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Site.Pages.Repositories;

internal static class RepositoriesLinks
{
    public const string Home = "/";

    public static string Owner(string owner) => $"/{owner}";

    public static string Owner(string owner, int number) => string.Create(CultureInfo.InvariantCulture, $"/{owner}?number={number}");

    /// <summary>GitHub's page that installs the App; Enterprise Server has another address for it.</summary>
    public static string Install(GitHubAddresses gitHub, string? slug) =>
        new Uri(gitHub.Web, $"{(gitHub.Api.Host == gitHub.Web.Host ? "github-apps" : "apps")}/{slug}/installations/new").AbsoluteUri;
}
