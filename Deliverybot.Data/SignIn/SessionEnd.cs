using Deliverybot.Data.Names;

namespace Deliverybot.Data.SignIn;

/// <summary>
/// "Sign out everywhere": a session bears what stood here when it began, and is over once something else does. The time is no more than
/// that: it grows with each end, and is compared with no clock.
/// </summary>
public sealed class SessionEnd
{
    /// <summary>Stands for everybody: sessions of all people end with it. No account of GitHub's has this number.</summary>
    public static readonly GitHubUserId Everybody = new(0);

    public required GitHubUserId UserId { get; init; }

    public required DateTimeOffset At { get; set; }
}
