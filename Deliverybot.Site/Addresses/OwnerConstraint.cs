namespace Deliverybot.Site.Addresses;

/// <summary>What can be a GitHub account: so <c>/_/…</c>, <c>/favicon.ico</c> and the like never pass for one.</summary>
internal sealed class OwnerConstraint : IRouteConstraint
{
    public const string Name = "owner";

    private const int MaximumLength = 100;

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string { Length: > 0 and <= MaximumLength } text
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
