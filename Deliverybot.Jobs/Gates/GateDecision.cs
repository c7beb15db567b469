using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>What a gate says, and why in one sentence.</summary>
internal readonly record struct GateDecision(GateOutcome Outcome, string Reason)
{
    public static GateDecision Pass(string reason) => new(GateOutcome.Pass, reason);

    public static GateDecision Wait(string reason) => new(GateOutcome.Wait, reason);

    public static GateDecision Deny(string reason) => new(GateOutcome.Deny, reason);

    public static GateDecision Done(string reason) => new(GateOutcome.Done, reason);

    /// <summary>An automatic wish waits; a person is told the reason, and that is the end of it.</summary>
    public static GateDecision Hold(WishFacts wish, string reason) => wish.IsAutomatic ? Wait(reason) : Deny(reason);
}
