using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.SignIn.GitHubOAuth;

/// <summary>The names that AspNet.Security.OAuth.GitHub uses too, so that the package can take this folder's place.</summary>
internal static class GitHubAuthenticationDefaults
{
    public const string AuthenticationScheme = "GitHub";

    public const string DisplayName = "GitHub";

    public const string Issuer = "GitHub";

    public const string CallbackPath = Address.SignInCallback;
}
