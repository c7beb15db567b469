namespace Deliverybot.Jobs.GitHub;

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
