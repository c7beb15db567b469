namespace Deliverybot.Jobs.Slack.Grammar;

/// <summary>What a text turns out to be.</summary>
internal abstract record SlackReading
{
    private SlackReading()
    {
    }

    public sealed record Whole(SlackCommand Command) : SlackReading;

    /// <param name="Usage">How the nearest command is written.</param>
    /// <param name="Fault">One sentence; it may hold what was written, so it is no markup.</param>
    public sealed record Mistyped(SlackUsage Usage, string Fault) : SlackReading;
}
