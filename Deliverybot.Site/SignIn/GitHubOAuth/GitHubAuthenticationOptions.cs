using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using static Deliverybot.Site.SignIn.GitHubOAuth.GitHubAuthenticationConstants;

namespace Deliverybot.Site.SignIn.GitHubOAuth;

/// <summary>
/// The web application flow of a GitHub App
/// (<see href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app"/>).
/// No scope is asked for: a GitHub App's permissions decide.
/// </summary>
internal sealed class GitHubAuthenticationOptions : OAuthOptions
{
    public GitHubAuthenticationOptions()
    {
        ClaimsIssuer = GitHubAuthenticationDefaults.Issuer;
        CallbackPath = GitHubAuthenticationDefaults.CallbackPath;
        UsePkce = true;
        ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, "id");
        ClaimActions.MapJsonKey(ClaimTypes.Name, "login");
        ClaimActions.MapJsonKey(Claims.Login, "login");
        ClaimActions.MapJsonKey(Claims.Name, "name");
        ClaimActions.MapJsonKey(Claims.Url, "html_url");
        ClaimActions.MapJsonKey(Claims.Avatar, "avatar_url");
    }
}
