using System.Security.Cryptography;
using System.Text.Json;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What a form has done.</summary>
/// <param name="Text">In a sentence or two.</param>
/// <param name="Watch">Where it can be followed; null where there is nothing to follow.</param>
internal sealed record Notice(string Text, string? Watch)
{
    /// <summary>The page without it, where no script lets it go.</summary>
    public string? Close { get; init; }
}

/// <summary>
/// Without scripts what a form has done is said on the page that it leads back to, once. On the way there it is in a cookie that the site
/// alone can write and read, for this session, and for a minute: nothing is kept here, and no address can put words into a page.
/// </summary>
internal sealed class Notices(IDataProtectionProvider protection, SiteSettings settings)
{
    private const string Name = "deliverybot-notice";

    /// <summary>Browsers take 4096 characters; encrypted it grows by half.</summary>
    private const int Longest = 2000;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    public void Leave(HttpContext context, Notice notice)
    {
        if (UserSession.TryOf(context) is { } session && JsonSerializer.Serialize(notice) is { Length: <= Longest } text)
        {
            var cookie = Cookie();
            context.Response.Cookies.Append(cookie.Name!, ProtectorOf(session).Protect(text, Length), cookie.Build(context));
        }
    }

    /// <returns>Null where nothing was left for this session.</returns>
    public Notice? Take(HttpContext context, UserSession session)
    {
        var cookie = Cookie();
        if (context.Request.Cookies[cookie.Name!] is not { } hidden)
        {
            return null;
        }

        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context));
        try
        {
            return JsonSerializer.Deserialize<Notice>(ProtectorOf(session).Unprotect(hidden));
        }
        catch (CryptographicException)
        {
            // Somebody else's, too old, or never ours.
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(UserSession session) =>
        protection.CreateProtector("Deliverybot.Notices", session.Id.ToString()).ToTimeLimitedDataProtector();

    private CookieBuilder Cookie()
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, MaxAge = Length };
        CookieForm.Harden(cookie, Name, settings);
        return cookie;
    }
}
