using System.Text;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.SignIn;

/// <summary>The way back to where somebody was: an address of this site, or the home page.</summary>
internal static class ReturnUrl
{
    public const string Field = "returnUrl";

    /// <summary>The longest address that every browser and proxy takes.</summary>
    private const int Longest = 2000;

    /// <returns>An address that a header can hold.</returns>
    public static string LocalOr(string? url, string otherwise) =>
        url is { Length: > 0 and <= Longest } && RedirectHttpResult.IsLocalUrl(url) && !url.StartsWith('~') ? InAscii(url) : otherwise;

    /// <summary>As browsers send what an address holds beyond ASCII: <see href="https://url.spec.whatwg.org/#query-percent-encode-set"/>.</summary>
    private static string InAscii(string url)
    {
        if (url.All(IsPlain))
        {
            return url;
        }

        var ascii = new StringBuilder(url.Length * 3);
        foreach (var rune in url.EnumerateRunes())
        {
            ascii.Append(rune.IsBmp && IsPlain((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return ascii.ToString();
    }

    private static bool IsPlain(char letter) => letter is > ' ' and <= '~';

    /// <summary>The page that a request asks for or, for a form, the repository's page: a post can't be repeated by a redirect.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.HtmxPage() is { } page)
        {
            return LocalOr(page, Address.Home);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return LocalOr(request.Path + request.QueryString, Address.Home);
        }

        return request.RouteValues.TryGetValue("owner", out var owner) && request.RouteValues.TryGetValue("repo", out var repo)
            ? $"/{owner}/{repo}"
            : Address.Home;
    }
}
