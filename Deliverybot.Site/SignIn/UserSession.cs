using System.Globalization;
using System.Security.Claims;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Microsoft.AspNetCore.Authentication;

namespace Deliverybot.Site.SignIn;

/// <summary>Who is signed in, and the token that asks GitHub in that person's name. It exists in memory for one request only.</summary>
/// <param name="Id">Of this session: signed out, it is known by it.</param>
/// <param name="Stamp">The last end of the user's and of everybody's sessions when it began; see <see cref="SessionEnds"/>.</param>
/// <param name="UserId">GitHub's number of the user.</param>
/// <param name="Login">GitHub's name of the user.</param>
/// <param name="Avatar">The address of the user's picture.</param>
/// <param name="Token">From inside the encrypted cookie.</param>
/// <param name="TokenIssuedAt">When GitHub gave the token.</param>
/// <param name="TokenIsRenewed">Whether it took the place of an earlier one of this session.</param>
/// <param name="Began">When the user signed in: 24 hours later it ends.</param>
internal sealed record UserSession(
    Guid Id,
    string Stamp,
    GitHubUserId UserId,
    GitHubLogin Login,
    string? Avatar,
    UserToken Token,
    DateTimeOffset TokenIssuedAt,
    bool TokenIsRenewed,
    DateTimeOffset Began)
{
    private const string TokenName = "access_token";

    public GitHubUser User => new(UserId, Login);

    public DateTimeOffset Ends => Began + SessionCookie.Length;

    public static UserSession? TryOf(HttpContext context)
    {
        var result = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        return TryOf(result?.Principal, result?.Properties);
    }

    public static UserSession? TryOf(ClaimsPrincipal? principal, AuthenticationProperties? properties) =>
        properties?.GetTokenValue(TokenName) is { Length: > 0 } token
        && principal?.FindFirstValue(GitHubAuthenticationConstants.Claims.Login) is { } login
        && SessionCookie.Id(properties) is { } session
        && SessionCookie.Stamp(properties) is { } stamp
        && long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new UserSession(
                session,
                stamp,
                new GitHubUserId(id),
                new GitHubLogin(login),
                principal.FindFirstValue(GitHubAuthenticationConstants.Claims.Avatar),
                new UserToken(token),
                properties.IssuedUtc ?? DateTimeOffset.MinValue,
                SessionCookie.IsRenewed(properties),
                SessionCookie.Began(properties))
            : null;
}
