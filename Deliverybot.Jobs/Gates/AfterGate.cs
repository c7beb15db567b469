using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>A commit goes on only from where it already runs well.</summary>
internal sealed class AfterGate : IGate
{
    public string Name => GateNames.After;

    public Waking WokenBy => Waking.TargetReached;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.After.IsDefaultOrEmpty)
        {
            return GateDecision.Pass($"It follows no other target.");
        }

        var unmet = facts.After.FirstOrDefault(earlier => !earlier.Succeeded || earlier.FailedSince);
        if (unmet is null)
        {
            return GateDecision.Pass($"{wish.Sha.Short} succeeded at {string.Join(", ", wish.Target.After)}.");
        }

        var reason = Sentence.Plain(unmet.Succeeded
            ? $"A later deployment to {unmet.Target} has failed."
            : $"{wish.Sha.Short} has not succeeded at {unmet.Target} yet.");
        return wish.Overrides
            ? GateDecision.Override($"Overridden: {reason}")
            : GateDecision.Hold(wish, reason);
    }
}
