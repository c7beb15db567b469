using Deliverybot.Data.Deploying;

namespace Deliverybot.Jobs.Gates;

/// <summary>An event never deploys what is live, or comes last of what is on its way. Earlier history doesn't count: a branch that is set back deploys again.</summary>
internal sealed class AlreadyThereGate : IGate
{
    public string Name => GateNames.AlreadyThere;

    public Waking WokenBy => Waking.None;

    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (!wish.IsAutomatic)
        {
            return GateDecision.Pass($"A person may deploy it again.");
        }

        return facts switch
        {
            { Coming: { } coming } when IsSame(coming, wish) => GateDecision.Done($"{wish.Sha.Short} is on its way to {wish.Environment} already."),
            { Coming: { } coming, Live: { } live } when IsSame(live, wish) && IsOfTarget(coming, wish) =>
                GateDecision.Pass($"{wish.Sha.Short} is live in {wish.Environment}, but {coming.Sha.Short} is on its way there."),
            { Live: { } live } when IsSame(live, wish) => GateDecision.Done($"{wish.Sha.Short} is live in {wish.Environment} already."),
            _ => GateDecision.Pass($"{wish.Sha.Short} is not in {wish.Environment} yet."),
        };
    }

    private static bool IsSame(PlacedFacts placed, WishFacts wish) => placed.Sha == wish.Sha && IsOfTarget(placed, wish);

    private static bool IsOfTarget(PlacedFacts placed, WishFacts wish) =>
        placed.Task == wish.Task && TargetDeployments.CountsFor(wish.Target.Name, placed.Target, placed.External);
}

internal sealed partial record GateFacts
{
    /// <summary>What the environment runs now.</summary>
    public PlacedFacts? Live { get; init; }

    /// <summary>What the environment will run when all that is on its way there has arrived; null: nothing is, or what is live was sent later.</summary>
    public PlacedFacts? Coming { get; init; }
}
