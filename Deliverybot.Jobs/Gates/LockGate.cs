using System.Globalization;

namespace Deliverybot.Jobs.Gates;

/// <summary>A locked environment stays as it is, but for its holder's own deployments; a hold left by a rollback stops events only.</summary>
internal sealed class LockGate : IGate
{
    public string Name => GateNames.Lock;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            { Lock: { } held } when wish.IsAutomatic || held.Holder != wish.RequestedBy =>
                GateDecision.Hold(wish, $"{wish.Environment} is locked by {held.Holder}{Until(held)}{Because(held)}."),
            { Lock: { } } => GateDecision.Pass($"{wish.Environment} is locked by {wish.RequestedBy}, who asks."),
            { Hold: { } hold } when wish.IsAutomatic =>
                GateDecision.Wait($"{wish.Environment} is held since {hold.Holder} rolled it back{Because(hold)}."),
            { Hold: { } } => GateDecision.Pass($"{wish.Environment} is held for events only."),
            _ => GateDecision.Pass($"{wish.Environment} is not locked."),
        };
    }

    private static string Because(LockFacts held) => held.Reason.Length == 0 ? "" : $": {held.Reason.TrimEnd('.')}";

    private static string Until(LockFacts held) => held.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : "";
}
