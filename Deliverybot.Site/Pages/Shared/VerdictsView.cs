using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What each gate said of something.</summary>
/// <param name="Caption">For those who don't see the table.</param>
/// <param name="Verdicts">In the order the gates were asked in.</param>
/// <param name="IsHeld">Whether it waits still: what the gates behind the one that holds it said when that was asked may long be otherwise.</param>
internal sealed record VerdictsView(string Caption, IReadOnlyList<GateVerdict> Verdicts, bool IsHeld = false)
{
    /// <summary>Of what waits still: when they said so. What they find may long be otherwise.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public IEnumerable<(GateVerdict Verdict, StateView Look, Sentence Reason)> Lines => Verdicts.Select((verdict, index) =>
    {
        var stopped = Verdicts.Take(index).FirstOrDefault(before => before.Outcome != GateOutcome.Pass);
        return IsHeld && stopped is not null && !Unasked.Is(verdict, isStopped: true)
            ? (verdict, VerdictView.NotAsked, Sentence.Plain($"Asked once {stopped.Gate} lets it pass."))
            : (verdict, VerdictView.Of(verdict, isStopped: stopped is not null), verdict.Reason);
    });
}

internal static class VerdictView
{
    public static StateView NotAsked { get; } = new(Tone.Plain, "dash-circle", "not asked");

    /// <param name="isStopped">Whether a gate before it didn't let pass.</param>
    public static StateView Of(GateVerdict verdict, bool isStopped) =>
        Unasked.Is(verdict, isStopped) ? NotAsked
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
