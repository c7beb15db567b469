using Microsoft.AspNetCore.Authentication;

namespace Deliverybot.Site.SignIn.GitHubOAuth;

internal static class GitHubAuthenticationExtensions
{
    public static AuthenticationBuilder AddGitHub(this AuthenticationBuilder builder, Action<GitHubAuthenticationOptions> configure) =>
        builder.AddOAuth<GitHubAuthenticationOptions, GitHubAuthenticationHandler>(
            GitHubAuthenticationDefaults.AuthenticationScheme, GitHubAuthenticationDefaults.DisplayName, configure);
}
