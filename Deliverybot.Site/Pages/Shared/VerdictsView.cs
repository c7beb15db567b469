using Deliverybot.Data.Gates;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What each gate said of something.</summary>
/// <param name="Caption">For those who don't see the table.</param>
/// <param name="Verdicts">In the order the gates were asked in.</param>
internal sealed record VerdictsView(string Caption, IReadOnlyList<GateVerdict> Verdicts)
{
    public IEnumerable<(GateVerdict Verdict, StateView Look)> Lines => Verdicts.Select((verdict, index) =>
        (verdict, VerdictView.Of(verdict, isStopped: Verdicts.Take(index).Any(before => before.Outcome != GateOutcome.Pass))));
}

internal static class VerdictView
{
    /// <param name="isStopped">Whether a gate before it didn't let pass.</param>
    public static StateView Of(GateVerdict verdict, bool isStopped) =>
        Unasked.Is(verdict, isStopped) ? new(Tone.Plain, "dash-circle", "not asked")
        : Overridden.Is(verdict) ? new(Tone.Wait, "lightning-charge-fill", "overridden")
        : Of(verdict.Outcome);

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
