using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>What the record is narrowed down to, as the address says it. Empty and unknown values narrow nothing.</summary>
public sealed record ActivityFilter
{
    public string? Person { get; init; }

    public string? Act { get; init; }

    public string? Environment { get; init; }

    internal GitHubLogin? Login => Text(Person)?.TrimStart('@') is { Length: > 0 } text ? new GitHubLogin(text) : null;

    internal EnvironmentName? EnvironmentName => Text(Environment) is { } text ? new EnvironmentName(text) : null;

    internal ActivityKind? ActChoice => EnumWords.TryRead<ActivityKind>(Act, out var act) ? act : null;

    internal bool IsEmpty => Login is null && EnvironmentName is null && ActChoice is null;

    /// <summary>The parts of the address that say all this.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Query =>
    [
        new("person", Login?.Value),
        new("act", ActChoice?.ToString().ToLowerInvariant()),
        new("environment", EnvironmentName?.Value),
    ];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) || value.Contains('\0', StringComparison.Ordinal) ? null : value.Trim();
}
