namespace Deliverybot.Sandbox.Rest;

/// <summary>One route; <paramref name="Template"/> is written as GitHub's documentation writes it.</summary>
internal sealed record RestRoute(string Method, string Template, Access Access, Func<RestCall, RestAnswer> Handle)
{
    private const string OfRepository = "/repos/{owner}/{repo}";

    /// <summary>Path before the template: REST lives under <c>/api/v3</c>.</summary>
    public string Prefix { get; init; } = "/api/v3";

    public bool CountsForRateLimit { get; init; } = true;

    public string Pattern => Prefix + Template;

    /// <summary>The same route by the repository's id, where a renamed repository's old address redirects to.</summary>
    public string? PatternById => Template.StartsWith(OfRepository, StringComparison.Ordinal) && Template.Length > OfRepository.Length
        ? $"{Prefix}/repositories/{{repository_id}}{Template[OfRepository.Length..]}"
        : null;
}
