using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>With <c>queue</c>, an environment takes one deployment at a time, and events follow in their order.</summary>
internal sealed class QueueGate : IGate
{
    /// <summary>Who hears nothing of a deployment for this long no longer waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

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
            _ when facts.Active.FirstOrDefault(active => !active.Silent) is { } busy => wish.Overrides
                ? GateDecision.Pass($"{Overridden.Queue}{Named(busy)}, which is on its way.")
                : GateDecision.Hold(wish, $"{wish.Environment} is busy with {Named(busy)}."),
            { Ahead: [var ahead, ..] } when wish.IsAutomatic && wish.Target.Queue == QueueMode.All => GateDecision.Wait($"{Named(ahead)} is ahead of it in the queue of {wish.Environment}."),
            { Active: [var silent, ..] } => GateDecision.Pass($"Nothing was heard of {Named(silent)} for {Patience.TotalMinutes:0} minutes: {wish.Environment} counts as free."),
            _ => GateDecision.Pass($"{wish.Environment} is free."),
        };
    }

    private static string Named(PlacedFacts placed) => $"{placed.Sha.Short} by {placed.RequestedBy}";
}
