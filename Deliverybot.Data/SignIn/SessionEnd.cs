using Deliverybot.Data.Names;

namespace Deliverybot.Data.SignIn;

/// <summary>"Sign out everywhere": sessions of this user that began before this time are over.</summary>
public sealed class SessionEnd
{
    public required GitHubUserId UserId { get; init; }

    public required DateTimeOffset At { get; set; }
}
