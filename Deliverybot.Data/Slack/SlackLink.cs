using Deliverybot.Data.Names;

namespace Deliverybot.Data.Slack;

/// <summary>A Slack user who acts as a GitHub user. Its tokens are encrypted and used only while that user's own command is answered.</summary>
public sealed class SlackLink
{
    public long Id { get; private set; }

    public required string TeamId { get; init; }

    public required string SlackUserId { get; init; }

    public required GitHubUserId UserId { get; init; }

    public required GitHubLogin Login { get; set; }

    public GitHubUser User => new(UserId, Login);

    /// <summary>Encrypted by data protection.</summary>
    public required byte[] ProtectedToken { get; set; }

    /// <summary>Encrypted by data protection; null where GitHub's user tokens don't expire.</summary>
    public byte[]? ProtectedRefreshToken { get; set; }

    public DateTimeOffset? TokenEndsAt { get; set; }

    public required DateTimeOffset LinkedAt { get; init; }
}
