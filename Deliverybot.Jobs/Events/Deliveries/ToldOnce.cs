namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Events that bring something about count once by what is signed, and not for ever: docs/decisions/0011. GitHub signs the body alone, and
/// each of these bodies names something that happens once: a comment, a status of a deployment, a push at a time.
/// </summary>
public static class ToldOnce
{
    /// <summary>
    /// GitHub delivers an event again for three days; half a day more is for what came late in the first place
    /// (<see href="https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks"/>). What was processed is
    /// kept for longer than this, so that nothing is too young to be refused and too old to be known.
    /// </summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(84);

    /// <summary>Whether GitHub would not send the event any more, so that somebody else does. One that tells no time is taken.</summary>
    public static bool IsTooOld(DeliveryEnvelope envelope, DateTimeOffset now) => now - envelope.SignedAt > Oldest;
}
