using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Data.Slack;

/// <summary>A slash command that was taken, and where its answers go: Slack takes five within half an hour.</summary>
public sealed class SlackRequest
{
    public long Id { get; private set; }

    public required string TeamId { get; init; }

    public required string ChannelId { get; init; }

    public required string SlackUserId { get; init; }

    /// <summary>How the slash command is called in that workspace.</summary>
    public required string Command { get; init; }

    /// <summary>What was typed after it.</summary>
    public required string Text { get; init; }

    /// <summary>Whoever knows it may write into the channel, so it is encrypted by data protection.</summary>
    public required byte[] ProtectedResponseUrl { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was carried out; it is carried out once, whatever becomes of it.</summary>
    public DateTimeOffset? BegunAt { get; set; }

    public int Answers { get; set; }

    /// <summary>What it has deployed: its answer is changed as that goes on.</summary>
    public DeploymentId? DeploymentId { get; set; }

    /// <summary>The state that the last answer told of.</summary>
    public DeploymentState? ToldState { get; set; }
}
