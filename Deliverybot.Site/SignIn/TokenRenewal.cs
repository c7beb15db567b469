using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Authentication;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// GitHub may end a user's token after 8 hours. The next page then asks for a new one by way of GitHub, which needs no click,
/// and comes back; the session still ends when it would have ended.
/// </summary>
internal sealed class TokenRenewal(RequestDelegate next, TimeProvider time)
{
    /// <summary>A renewed token this new that GitHub refuses won't be helped by another one: better an error than a ring of redirects.</summary>
    private static readonly TimeSpan TooNew = TimeSpan.FromSeconds(30);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (UserTokenEndedException) when (!context.Response.HasStarted && CanRenew(context) is not null)
        {
            var session = CanRenew(context)!;
            context.Response.Clear();
            if (context.Request.IsHtmx() || context.Request.Headers.Accept.Contains("text/event-stream"))
            {
                await SignInRedirect.SendAsync(context);
                return;
            }

            var properties = new AuthenticationProperties { RedirectUri = await SignInRedirect.BackAsync(context) };
            SessionCookie.KeepSession(properties, session);
            await context.ChallengeAsync(GitHubAuthenticationDefaults.AuthenticationScheme, properties);
        }
    }

    private UserSession? CanRenew(HttpContext context) =>
        UserSession.TryOf(context) is { } session && (!session.TokenIsRenewed || time.GetUtcNow() - session.TokenIssuedAt > TooNew)
            ? session
            : null;
}
