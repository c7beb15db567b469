namespace Deliverybot.Site.SignIn;

internal static class SignInLinks
{
    public const string SignIn = "/_/sign-in";

    public const string SignOut = "/_/sign-out";

    public const string Failed = "/_/sign-in/failed";

    public static string SignInAndReturnTo(string localUrl) => $"{SignIn}?returnUrl={Uri.EscapeDataString(localUrl)}";
}
