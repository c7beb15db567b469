namespace Deliverybot.Data.Upkeep;

/// <summary>How far a recurring job has come.</summary>
public sealed class UpkeepMark
{
    public required string Name { get; init; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Where in a list it goes on, if it had to stop in the middle.</summary>
    public string? Cursor { get; set; }
}
