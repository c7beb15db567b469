namespace Deliverybot.Jobs.Gates;

/// <summary>A locked environment stays as it is, but for its holder's own deployments; a hold left by a rollback stops events only.</summary>
internal sealed class LockGate : IGate
{
    public string Name => GateNames.Lock;

    public Waking WokenBy => Waking.LockEnded | Waking.Time;

    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            { Lock: { } held } when wish.IsAutomatic || !held.Holder.IsSameAs(wish.RequestedBy) =>
                GateDecision.Hold(wish, $"{LockWords.Locked(wish.Environment, held)}.", held.Until),
            { Lock: { } } => GateDecision.Pass($"{wish.Environment} is locked by {wish.RequestedBy}, who asks."),
            { Hold: { } hold } when wish.IsAutomatic =>
                GateDecision.Wait($"{LockWords.Held(wish.Environment, hold)}."),
            { Hold: { } } => GateDecision.Pass($"{wish.Environment} is held for events only."),
            _ => GateDecision.Pass($"{wish.Environment} is not locked."),
        };
    }
}
