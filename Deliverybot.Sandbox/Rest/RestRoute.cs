namespace Deliverybot.Sandbox.Rest;

/// <summary>One route; <paramref name="Template"/> is written as GitHub's documentation writes it.</summary>
internal sealed record RestRoute(string Method, string Template, Access Access, Func<RestCall, RestAnswer> Handle)
{
    /// <summary>Path before the template: REST lives under <c>/api/v3</c>.</summary>
    public string Prefix { get; init; } = "/api/v3";

    public bool CountsForRateLimit { get; init; } = true;

    public string Pattern => Prefix + Template;
}
