using Deliverybot.Data.Gates;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What each gate said of something.</summary>
/// <param name="Caption">For those who don't see the table.</param>
/// <param name="Verdicts">In the order the gates were asked in.</param>
internal sealed record VerdictsView(string Caption, IReadOnlyList<GateVerdict> Verdicts);

internal static class VerdictView
{
    public static StateView Of(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Pass => new(Tone.Good, "check-lg", "passed"),
        GateOutcome.Wait => new(Tone.Wait, "hourglass-split", "waits"),
        GateOutcome.Deny => new(Tone.Bad, "x-lg", "denied"),
        GateOutcome.Done => new(Tone.Plain, "dash-circle", "nothing to do"),
    };

    /// <summary>The sentence that decided: the first gate's that didn't let it pass.</summary>
    public static string Deciding(Evaluation evaluation) =>
        evaluation.Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass)?.Reason ?? "All gates let it pass.";
}
