namespace Deliverybot.Data.Upkeep;

/// <summary>How far a recurring job has come.</summary>
public sealed class UpkeepMark
{
    /// <summary>The job's.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset At { get; set; }
}
