using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What the history is narrowed down to, as the address says it. Empty and unknown values narrow nothing.</summary>
public sealed record DeploymentsFilter
{
    public string? Environment { get; init; }

    public string? Target { get; init; }

    public string? State { get; init; }

    public string? Person { get; init; }

    public string? Trigger { get; init; }

    internal EnvironmentName? EnvironmentName => Text(Environment) is { } text ? new EnvironmentName(text) : null;

    internal TargetName? TargetName => Text(Target) is { } text ? new TargetName(text) : null;

    internal GitHubLogin? Login => Text(Person)?.TrimStart('@') is { Length: > 0 } text ? new GitHubLogin(text) : null;

    internal StateChoice? StateChoice => StateChoice.Find(State);

    internal TriggerChoice? TriggerChoice => TriggerChoice.Find(Trigger);

    internal bool IsEmpty => EnvironmentName is null && TargetName is null && Login is null && StateChoice is null && TriggerChoice is null;

    /// <summary>The parts of the address that say all this.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Query =>
    [
        new("environment", EnvironmentName?.Value),
        new("target", TargetName?.Value),
        new("state", StateChoice?.Value),
        new("person", Login?.Value),
        new("trigger", TriggerChoice?.Value),
    ];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) || value.Contains('\0', StringComparison.Ordinal) ? null : value.Trim();
}
