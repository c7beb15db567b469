using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address.SignIn, StartSession);
        routes.MapPost(Address.SignOut, EndSessionAsync).AddEndpointFilter<AntiforgeryFilter>();
    }

    /// <summary>Somebody who is signed in already keeps the end of that session, with a new token.</summary>
    private static ChallengeHttpResult StartSession(HttpContext context, string? returnUrl)
    {
        var properties = new AuthenticationProperties { RedirectUri = ReturnUrl.LocalOr(returnUrl, Address.Home) };
        if (UserSession.TryOf(context) is { } session)
        {
            SessionCookie.KeepSession(properties, session);
        }

        return TypedResults.Challenge(properties, [GitHubAuthenticationDefaults.AuthenticationScheme]);
    }

    private static async Task<SeeOtherHttpResult> EndSessionAsync(HttpContext context, SignOut signOut, CancellationToken cancellationToken)
    {
        await signOut.OfThisSessionAsync(context, cancellationToken);
        return new SeeOtherHttpResult(Address.Home);
    }
}
