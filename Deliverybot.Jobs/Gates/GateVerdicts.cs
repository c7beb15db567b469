using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>What each gate said, in order.</summary>
/// <param name="Until">When the one that stopped it is to be asked again though nothing has happened; null: at no time.</param>
internal sealed record GateVerdicts(IReadOnlyList<GateVerdict> Verdicts, DateTimeOffset? Until)
{
    /// <summary>The first gate that doesn't let pass; null where all do.</summary>
    public GateVerdict? Stopped { get; } = Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass);
}

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
