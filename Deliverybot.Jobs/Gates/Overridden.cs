using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>What a look at a wish found that let pass only because a person wanted it so.</summary>
internal static class Overridden
{
    /// <summary>How the sentences of earlier releases begin, which is all that their verdicts say of it.</summary>
    private static readonly string[] Beginnings = ["Overridden: ", "Overtakes ", "Checks are overridden."];

    /// <returns>Empty where nothing was overridden.</returns>
    public static Sentence In(IReadOnlyList<GateVerdict> verdicts) =>
        Sentence.Join(verdicts.Where(verdicts.Any(verdict => verdict.Overridden) ? verdict => verdict.Overridden : WasOverridden).Select(verdict => verdict.Reason));

    private static bool WasOverridden(GateVerdict verdict) => verdict.Outcome == GateOutcome.Pass
        && Beginnings.Any(word => verdict.Reason.ToString().StartsWith(word, StringComparison.Ordinal));
}
