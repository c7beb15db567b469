namespace Deliverybot.Sandbox.World;

/// <summary>The check runs that one App makes for one commit in one go.</summary>
public sealed class CheckSuite
{
    public required long Id { get; init; }

    public required string Sha { get; init; }

    public required string? Branch { get; init; }

    public required CheckApp App { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    internal List<CheckRun> Runs { get; } = [];
}
