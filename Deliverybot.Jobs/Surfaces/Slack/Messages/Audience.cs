namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>Who sees an answer.</summary>
internal enum Audience
{
    /// <summary>Only whoever has given the command.</summary>
    Caller,

    /// <summary>Everybody in the channel.</summary>
    Channel,
}
