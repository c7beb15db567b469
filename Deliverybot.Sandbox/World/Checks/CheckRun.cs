namespace Deliverybot.Sandbox.World;

/// <summary>One check (or Actions job) on a commit.</summary>
public sealed class CheckRun
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required CheckSuite Suite { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Names of runs in the same suite without whose success this one is skipped.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string Sha => Suite.Sha;
}
