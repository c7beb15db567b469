namespace Deliverybot.Jobs.Calendar;

/// <summary>Why a text can't be read, and what to write.</summary>
/// <param name="Why">After the text and a colon.</param>
internal sealed record Misread(string Why)
{
    /// <summary>The word in it that nobody knows, where it is that.</summary>
    public string? Word { get; init; }

    /// <summary>What could stand in its place.</summary>
    public IReadOnlyCollection<string> Known { get; init; } = [];
}
