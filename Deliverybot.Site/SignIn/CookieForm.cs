using Deliverybot.Site.Settings;

namespace Deliverybot.Site.SignIn;

/// <summary>What all our cookies have in common.</summary>
internal static class CookieForm
{
    /// <summary>With https: a name that browsers accept only for this host, whole and encrypted.</summary>
    public static void Harden(CookieBuilder cookie, string name, SiteSettings settings)
    {
        cookie.Name = settings.IsHttps ? $"__Host-{name}" : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
