using Deliverybot.Data.Names;

namespace Deliverybot.Data.Slack;

/// <summary>The repository that a channel's commands mean when they name none.</summary>
public sealed class SlackChannelDefault
{
    public required string TeamId { get; init; }

    public required string ChannelId { get; init; }

    public required RepositoryId RepositoryId { get; set; }
}
