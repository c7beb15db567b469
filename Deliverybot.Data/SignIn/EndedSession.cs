namespace Deliverybot.Data.SignIn;

/// <summary>A session whose user has signed out: a copy of its cookie opens nothing. Kept for as long as the cookie would have been good.</summary>
public sealed class EndedSession
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }
}
