using Deliverybot.Data.Slack;

namespace Deliverybot.Jobs.Surfaces.Slack.Requests;

/// <summary>Whether a command is to be carried out.</summary>
internal abstract record Begun
{
    private Begun()
    {
    }

    public sealed record Now(SlackRequest Request) : Begun;

    /// <summary>It was begun before, and cut off: it is never begun again.</summary>
    public sealed record Before(SlackRequest Request) : Begun;

    /// <summary>So long after the command nobody expects it any more.</summary>
    public sealed record TooLate(SlackRequest Request) : Begun;

    /// <summary>The workspace has removed the app meanwhile.</summary>
    public sealed record Gone : Begun;
}
