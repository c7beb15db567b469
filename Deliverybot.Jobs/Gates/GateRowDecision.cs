using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>What each gate said, in order.</summary>
internal sealed record GateRowDecision(IReadOnlyList<GateVerdict> Verdicts)
{
    /// <summary>The first gate that doesn't let pass; null where all do.</summary>
    public GateVerdict? Stopped { get; } = Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass);
}
