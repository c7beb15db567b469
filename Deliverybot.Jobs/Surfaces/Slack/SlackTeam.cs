namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>A workspace, as Slack names it.</summary>
internal sealed record SlackTeam(string Id, string Name);
