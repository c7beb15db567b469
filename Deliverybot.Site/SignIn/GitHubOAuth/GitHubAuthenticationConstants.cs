namespace Deliverybot.Site.SignIn.GitHubOAuth;

/// <summary>What GitHub tells of a user, as claims.</summary>
internal static class GitHubAuthenticationConstants
{
    internal static class Claims
    {
        public const string Login = "urn:github:login";

        public const string Name = "urn:github:name";

        public const string Url = "urn:github:url";

        public const string Avatar = "urn:github:avatar";
    }
}
