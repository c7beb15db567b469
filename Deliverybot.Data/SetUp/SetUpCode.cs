namespace Deliverybot.Data.SetUp;

/// <summary>The code that unlocks the set-up, printed in the log of the process that has made it. All processes share it.</summary>
public sealed class SetUpCode
{
    /// <summary>The only one that a row can have.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>SHA-256 of the code, in hexadecimal digits.</summary>
    public required string Hash { get; set; }

    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>How often it may still be tried: 0 where it was used up or used.</summary>
    public required int TriesLeft { get; set; }
}
