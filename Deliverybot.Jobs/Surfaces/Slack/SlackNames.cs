namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>A workspace, as Slack names it.</summary>
internal sealed record SlackTeam(string Id, string Name);

/// <summary>Somebody in a workspace. The same user id in another workspace is somebody else.</summary>
internal readonly record struct SlackUser(string TeamId, string UserId);

internal readonly record struct SlackChannel(string TeamId, string ChannelId);
