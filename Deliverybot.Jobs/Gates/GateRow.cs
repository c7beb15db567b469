using System.Collections.Immutable;
using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>All gates, the cheapest first.</summary>
internal sealed class GateRow(IEnumerable<IGate> gates)
{
    private readonly ImmutableArray<IGate> inOrder = [.. gates];

    /// <summary>Asks every gate; the first that doesn't let pass decides.</summary>
    public GateRowDecision Decide(GateFacts facts)
    {
        var verdicts = new GateVerdict[inOrder.Length];
        for (var index = 0; index < inOrder.Length; index++)
        {
            var decision = inOrder[index].Decide(facts);
            verdicts[index] = new GateVerdict(inOrder[index].Name, decision.Outcome, decision.Reason);
        }

        return new GateRowDecision(verdicts);
    }
}
