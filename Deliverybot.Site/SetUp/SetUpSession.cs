using System.Security.Cryptography;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Deliverybot.Site.SetUp;

/// <summary>The browser that has given the code, by an encrypted cookie, for an hour. Any process takes it.</summary>
internal sealed class SetUpSession
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private const int NonceBytes = 16;

    private readonly ITimeLimitedDataProtector _protector;

    // GitHub sends the browser back from another site; its GET brings a cookie that is lax.
    private readonly CookieBuilder _cookie = new() { SameSite = SameSiteMode.Lax, MaxAge = Lasts };

    public SetUpSession(IDataProtectionProvider protection, SiteSettings settings)
    {
        _protector = protection.CreateProtector("Deliverybot.SetUp").ToTimeLimitedDataProtector();
        CookieForm.Harden(_cookie, "deliverybot-set-up", settings);
    }

    public void Begin(HttpContext context) => context.Response.Cookies.Append(
        _cookie.Name!, _protector.Protect(RandomNumberGenerator.GetHexString(2 * NonceBytes), Lasts), _cookie.Build(context));

    public void End(HttpContext context) => context.Response.Cookies.Delete(_cookie.Name!, _cookie.Build(context));

    /// <returns>What is known to this browser alone; null if it hasn't given the code.</returns>
    public string? Find(HttpContext context) =>
        context.Request.Cookies[_cookie.Name!] is { } cookie ? Open(_protector, cookie) : null;

    /// <returns>Null if it isn't ours, or its time is over.</returns>
    public static string? Open(ITimeLimitedDataProtector protector, string closed)
    {
        try
        {
            return protector.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
