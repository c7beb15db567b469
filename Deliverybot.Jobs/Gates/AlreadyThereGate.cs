namespace Deliverybot.Jobs.Gates;

/// <summary>An event never deploys what is live or on its way already. Earlier history doesn't count.</summary>
internal sealed class AlreadyThereGate : IGate
{
    public string Name => GateNames.AlreadyThere;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (!wish.IsAutomatic)
        {
            return GateDecision.Pass("A person may deploy it again.");
        }

        if (facts.Live is { } live && IsSame(live, wish))
        {
            return GateDecision.Done($"{wish.Sha.Short} is live in {wish.Environment} already.");
        }

        return facts.Active.Any(active => IsSame(active, wish))
            ? GateDecision.Done($"{wish.Sha.Short} is on its way to {wish.Environment} already.")
            : GateDecision.Pass($"{wish.Sha.Short} is not in {wish.Environment} yet.");
    }

    private static bool IsSame(PlacedFacts placed, WishFacts wish) =>
        placed.Sha == wish.Sha && placed.Task == wish.Task && (placed.External || placed.Target == wish.Target.Name);
}
