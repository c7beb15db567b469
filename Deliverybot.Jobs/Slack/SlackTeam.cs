namespace Deliverybot.Jobs.Slack;

/// <summary>A workspace, as Slack names it.</summary>
internal sealed record SlackTeam(string Id, string Name);
