namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>What a text turns out to be.</summary>
internal abstract record CommandReading
{
    private CommandReading()
    {
    }

    /// <summary>None of ours: nothing is said and nothing is done.</summary>
    public sealed record Other : CommandReading;

    public sealed record Whole(Command Command) : CommandReading;

    /// <summary>Clearly meant for us, and wrong.</summary>
    /// <param name="Usage">How it is written.</param>
    /// <param name="Fault">One sentence; it may hold what was written, so it is no markup.</param>
    public sealed record Mistyped(CommandUsage Usage, string Fault) : CommandReading;
}
