namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>Somebody in a workspace. The same user id in another workspace is somebody else.</summary>
internal readonly record struct SlackUser(string TeamId, string UserId);
