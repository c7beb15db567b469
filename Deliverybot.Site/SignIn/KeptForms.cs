using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Deliverybot.Site.SignIn;

/// <summary>An address whose form is shown again after a sign-in, at the same address.</summary>
internal interface IKeptForm;

/// <summary>
/// Whoever was signed out while a form was open finds its text again after the sign-in. On the way there it is in a cookie that the site
/// alone can write and read, for that person and that address, and for some minutes. Nothing is done by it: it is text in a form.
/// </summary>
internal sealed class KeptForms(IDataProtectionProvider protection, IAntiforgery antiforgery, SiteSettings settings)
{
    /// <summary>The field that says whose form it is. It is believed where the form's antiforgery field was made for that person and this browser, or a browser without any cookie of ours says that a page of ours sent it.</summary>
    public const string UserField = "user";

    private const string Name = "deliverybot-form";

    private const string AntiforgeryField = "__RequestVerificationToken";
    private const string FetchSite = "Sec-Fetch-Site";
    private const string SameOrigin = "same-origin";

    /// <summary>Browsers take 4096 characters; encrypted it grows by half.</summary>
    private const int Longest = 2000;

    /// <summary>It is encrypted, and never part of a page, so that letters needn't be escaped.</summary>
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Time for a sign-in at GitHub with a second factor.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <returns>Whether it will be shown again; false for what is no form of ours, or not sent from a page of ours.</returns>
    public async Task<bool> KeepAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<IKeptForm>() is null
            || !context.Request.HasFormContentType
            || await ReadAsync(context) is not { } form
            || await SenderAsync(context, form) is not { } user)
        {
            return false;
        }

        var fields = form.Where(field => field.Key is not AntiforgeryField and not UserField).ToDictionary(field => field.Key, field => field.Value.ToString());
        var text = JsonSerializer.Serialize(new KeptForm(fields), Written);
        if (Encoding.UTF8.GetByteCount(text) > Longest)
        {
            text = JsonSerializer.Serialize(new KeptForm(Fields: null), Written);
        }

        var cookie = Cookie();
        context.Response.Cookies.Append(cookie.Name!, ProtectorOf(user, context.Request.Path).Protect(text, Length), cookie.Build(context));
        return true;
    }

    /// <returns>Null where nothing was kept for this person at this address.</returns>
    public KeptForm? Take(HttpContext context, UserSession session)
    {
        var cookie = Cookie();
        if (context.Request.Cookies[cookie.Name!] is not { } hidden)
        {
            return null;
        }

        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context));
        try
        {
            return JsonSerializer.Deserialize<KeptForm>(ProtectorOf(session.UserId, context.Request.Path).Unprotect(hidden));
        }
        catch (CryptographicException)
        {
            // Somebody else's, too old, or never ours.
            return null;
        }
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // No browser sends such a form: there is nothing to be kept.
            return null;
        }
    }

    /// <summary>The session's cookie may be gone by now; then the form says whose it is, and its antiforgery field proves it.</summary>
    private async Task<GitHubUserId?> SenderAsync(HttpContext context, IFormCollection form)
    {
        if (!long.TryParse(form[UserField], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        // Whoever reads who is signed in afterwards finds it as it was: setting the person drops it.
        var authenticated = context.Features.Get<IAuthenticateResultFeature>();
        var user = context.User;
        try
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, number.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.String, GitHubAuthenticationDefaults.AuthenticationScheme)],
                GitHubAuthenticationDefaults.AuthenticationScheme));
            await antiforgery.ValidateRequestAsync(context);
            return new GitHubUserId(number);
        }
        catch (AntiforgeryValidationException)
        {
            // All cookies may be gone, the one that proves the form with the session's. A browser says itself that a page of ours sent it, and
            // no page can say so in its place (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header).
            return context.Request.Headers[FetchSite] == SameOrigin && IsWithoutCookies(context) ? new GitHubUserId(number) : null;
        }
        finally
        {
            context.User = user;
            context.Features.Set(authenticated);
        }
    }

    private static bool IsWithoutCookies(HttpContext context) =>
        !context.Request.Cookies.Keys.Any(name => name.Contains("deliverybot", StringComparison.Ordinal));

    private ITimeLimitedDataProtector ProtectorOf(GitHubUserId user, string path) =>
        protection.CreateProtector("Deliverybot.KeptForms", user.ToString(), path).ToTimeLimitedDataProtector();

    private CookieBuilder Cookie()
    {
        // Read on the way back from GitHub, by a link, which carries lax cookies.
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, MaxAge = Length };
        CookieForm.Harden(cookie, Name, settings);
        return cookie;
    }
}

/// <summary>What a form held.</summary>
/// <param name="Fields">By their names; null where it was too long to be kept.</param>
internal sealed record KeptForm(Dictionary<string, string>? Fields);
