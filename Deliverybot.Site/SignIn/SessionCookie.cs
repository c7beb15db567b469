using System.Globalization;
using System.Security.Claims;
using Deliverybot.Data.Names;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// The rules of a session: it ends 24 hours after sign-in however often its token is renewed meanwhile,
/// and at once when its user signs out, in this browser or everywhere.
/// </summary>
internal sealed class SessionCookie(TimeProvider time, SessionEnds ends) : CookieAuthenticationEvents
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    private const string SessionItem = "deliverybot.session";
    private const string StampItem = "deliverybot.stamp";
    private const string BeganItem = "deliverybot.began";
    private const string UserItem = "deliverybot.user";
    private const string RenewedItem = "deliverybot.renewed";

    /// <summary>Asks for a new token within the same session.</summary>
    public static void KeepSession(AuthenticationProperties properties, UserSession session)
    {
        properties.Items[SessionItem] = session.Id.ToString("N");
        properties.Items[StampItem] = session.Stamp;
        properties.Items[BeganItem] = session.Began.ToString("O", CultureInfo.InvariantCulture);
        properties.Items[UserItem] = session.UserId.ToString();
        properties.Items[RenewedItem] = bool.TrueString;
    }

    /// <summary>Whether the token isn't the one of the sign-in, but took the place of one that had ended.</summary>
    public static bool IsRenewed(AuthenticationProperties properties) => properties.Items.ContainsKey(RenewedItem);

    public static Guid? Id(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SessionItem, out var text) && Guid.TryParseExact(text, "N", out var id) ? id : null;

    public static string? Stamp(AuthenticationProperties properties) => properties.Items.TryGetValue(StampItem, out var stamp) ? stamp : null;

    public static DateTimeOffset Began(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(BeganItem, out var text)
        && DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var began)
            ? began
            : DateTimeOffset.MinValue;

    /// <summary>A new token within the same session changes neither its end nor what ends it: a copy of the earlier cookie ends with it.</summary>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var now = time.GetUtcNow();
        var properties = context.Properties;
        var signedIn = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var sameUser = properties.Items.TryGetValue(UserItem, out var user) && user == signedIn;
        if (!sameUser)
        {
            properties.Items[SessionItem] = Guid.NewGuid().ToString("N");
            properties.Items[StampItem] = await ends.StampAsync(new GitHubUserId(long.Parse(signedIn!, CultureInfo.InvariantCulture)), context.HttpContext.RequestAborted);
        }

        var began = sameUser ? Began(properties) : now;
        properties.Items[BeganItem] = began.ToString("O", CultureInfo.InvariantCulture);
        properties.Items.Remove(UserItem);
        properties.IssuedUtc = now;
        properties.ExpiresUtc = began + Length;
        properties.IsPersistent = true;
        properties.AllowRefresh = false;
        context.CookieOptions.Expires = properties.ExpiresUtc;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // The page that tells of a fault must not need the database: it may be that which has failed.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            return;
        }

        if (UserSession.TryOf(context.Principal, context.Properties) is not { } session
            || await ends.HasEndedAsync(session, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        SignInRedirect.SendAsync(context.HttpContext);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
