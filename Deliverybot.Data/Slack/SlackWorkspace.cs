namespace Deliverybot.Data.Slack;

/// <summary>A Slack workspace that added the slash command.</summary>
public sealed class SlackWorkspace
{
    public required string TeamId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset InstalledAt { get; set; }
}
