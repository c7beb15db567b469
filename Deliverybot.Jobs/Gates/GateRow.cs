using System.Collections.Immutable;
using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>All gates, the cheapest first.</summary>
internal sealed class GateRow(IEnumerable<IGate> gates)
{
    private readonly ImmutableArray<IGate> _inOrder = [.. gates];

    /// <summary>Asks every gate; the first that doesn't let pass decides.</summary>
    public GateRowDecision Decide(GateFacts facts)
    {
        var verdicts = new GateVerdict[_inOrder.Length];
        for (var index = 0; index < _inOrder.Length; index++)
        {
            var decision = _inOrder[index].Decide(facts);
            verdicts[index] = new GateVerdict(_inOrder[index].Name, decision.Outcome, decision.Reason);
        }

        return new GateRowDecision(verdicts);
    }
}
