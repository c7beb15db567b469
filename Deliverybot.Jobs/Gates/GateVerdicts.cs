using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>What each gate said, in order.</summary>
/// <param name="Verdicts">One for each gate.</param>
/// <param name="Until">When the one that stopped it is to be asked again though nothing has happened; null: at no time.</param>
internal sealed record GateVerdicts(IReadOnlyList<GateVerdict> Verdicts, DateTimeOffset? Until)
{
    /// <summary>The first gate that doesn't let pass; null where all do.</summary>
    public GateVerdict? Stopped { get; } = Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass);
}
