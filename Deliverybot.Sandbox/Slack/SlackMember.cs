namespace Deliverybot.Sandbox.Slack;

/// <summary>Somebody in the workspace.</summary>
public sealed record SlackMember(string Id, string Name);
