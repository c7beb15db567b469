using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>With <c>queue</c>, an environment takes one deployment at a time, and events follow in their order.</summary>
internal sealed class QueueGate : IGate
{
    private const string Waits = "waits for approval at GitHub";

    /// <summary>Who is ahead, or is only being tried, may leave without a word to those behind.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    public string Name => GateNames.Queue;

    public Waking WokenBy => Waking.EnvironmentFreed | Waking.Time;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.Queue == QueueMode.None)
        {
            return GateDecision.Pass($"The environment takes several at once.");
        }

        return facts switch
        {
            _ when facts.Active.FirstOrDefault(active => !active.Silent) is { } busy => wish.Overrides
                ? GateDecision.Override(
                    $"Overtakes {Named(busy)}, which {(busy.AwaitsApproval ? Waits : "is on its way")}.", $"{busy.Sha.Short} ({(busy.AwaitsApproval ? Waits : "on its way")})")
                : GateDecision.Hold(wish, $"{wish.Environment} is busy with {Named(busy)}{(busy.AwaitsApproval ? $", which {Waits}" : "")}.", FreeAt(facts)) with { IsGuess = true },
            { Ahead: [var ahead, ..] } when wish.MayWait && wish.Target.Queue == QueueMode.All => GateDecision.Wait($"{Named(ahead)} is ahead of it in the queue of {wish.Environment}.", facts.Now + Soon) with { IsGuess = true },
            { Active: [{ AwaitsApproval: true } forgotten, ..] } =>
                GateDecision.Pass($"Nobody has approved {Named(forgotten)} at GitHub for {SilentDeployments.PatienceForApproval.TotalDays:0} days: {wish.Environment} counts as free."),
            { Active: [var silent, ..] } => GateDecision.Pass($"Nothing was heard of {Named(silent)} for {SilentDeployments.Patience.TotalMinutes:0} minutes: {wish.Environment} counts as free."),
            _ => GateDecision.Pass($"{wish.Environment} is free."),
        };
    }

    /// <summary>When the last of them will have been silent for too long. Once it is approved, that is sooner than it seems now.</summary>
    private static DateTimeOffset FreeAt(GateFacts facts) => facts.Active.Where(active => !active.Silent).Max(active =>
    {
        var patience = active.IsAttempt ? facts.Now + Soon : active.HeardAt + SilentDeployments.PatienceWith(active.AwaitsApproval);
        var latest = facts.Now + SilentDeployments.Patience;
        return patience < latest ? patience : latest;
    });

    private static Sentence Named(PlacedFacts placed) => $"{placed.Sha.Short} by {placed.RequestedBy}";
}

internal sealed partial record GateFacts
{
    /// <summary>Where the target queues: what is on its way to the environment, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Active { get; init; } = [];

    /// <summary>Earlier wishes that stand in this environment's queue, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Ahead { get; init; } = [];
}
