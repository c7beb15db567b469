namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>A channel of a workspace.</summary>
internal readonly record struct SlackChannel(string TeamId, string ChannelId);
