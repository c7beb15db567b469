using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.SignIn;

/// <summary>The way back to where somebody was: an address of this site, or the home page.</summary>
internal static class ReturnUrl
{
    public const string Field = "returnUrl";

    private const string Home = "/";

    public static string LocalOr(string? url, string otherwise) =>
        !string.IsNullOrEmpty(url) && RedirectHttpResult.IsLocalUrl(url) && !url.StartsWith('~') ? url : otherwise;

    /// <summary>The page that a request asks for or, for a form, the repository's page: a post can't be repeated by a redirect.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.HtmxPage() is { } page)
        {
            return LocalOr(page, Home);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return LocalOr(request.Path + request.QueryString, Home);
        }

        return request.RouteValues.TryGetValue("owner", out var owner) && request.RouteValues.TryGetValue("repo", out var repo)
            ? $"/{owner}/{repo}"
            : Home;
    }
}
