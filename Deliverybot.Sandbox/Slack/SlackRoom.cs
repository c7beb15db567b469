namespace Deliverybot.Sandbox.Slack;

/// <summary>A channel.</summary>
public sealed record SlackRoom(string Id, string Name);
