using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>With <c>queue</c>, an environment takes one deployment at a time, and events follow in their order.</summary>
internal sealed class QueueGate : IGate
{
    public string Name => GateNames.Queue;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.Queue == QueueMode.None)
        {
            return GateDecision.Pass("The environment takes several at once.");
        }

        return facts switch
        {
            { Active: [var busy, ..] } when wish.Overrides => GateDecision.Pass($"Overtakes {Named(busy)}, which is on its way."),
            { Active: [var busy, ..] } => GateDecision.Hold(wish, $"{wish.Environment} is busy with {Named(busy)}."),
            { Ahead: [var ahead, ..] } when wish.IsAutomatic && wish.Target.Queue == QueueMode.All => GateDecision.Wait($"{Named(ahead)} is ahead of it in the queue of {wish.Environment}."),
            _ => GateDecision.Pass($"{wish.Environment} is free."),
        };
    }

    private static string Named(PlacedFacts placed) => $"{placed.Sha.Short} by {placed.RequestedBy}";
}
