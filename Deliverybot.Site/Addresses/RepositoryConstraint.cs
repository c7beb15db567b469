namespace Deliverybot.Site.Addresses;

/// <summary>What can be the name of a GitHub repository.</summary>
internal sealed class RepositoryConstraint : IRouteConstraint
{
    public const string Name = "repo";

    private const int MaximumLength = 100;

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string { Length: > 0 and <= MaximumLength } text
        && text is not ("." or "..")
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
