using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>What each gate said, in order.</summary>
/// <param name="Until">When the one that stopped it is to be asked again though nothing has happened; null: at no time.</param>
internal sealed record GateVerdicts(IReadOnlyList<GateVerdict> Verdicts, DateTimeOffset? Until)
{
    /// <summary>That time is sure to change its answer, so that the wish lasts until then, however far that is.</summary>
    public bool IsAppointed { get; init; }

    /// <summary>The gates for which GitHub judges when it creates the deployment.</summary>
    public IReadOnlyList<string> LeftToGitHub { get; init; } = [];

    /// <summary>The first gate that doesn't let pass; null where all do.</summary>
    public GateVerdict? Stopped { get; } = Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass);

    /// <summary>The same, whether GitHub has judged, or has come to no judgement: it refused to create the deployment for another reason.</summary>
    public GateVerdicts Answered(bool byGitHub) => this with
    {
        Verdicts = [.. Verdicts.Select(verdict => LeftToGitHub.Contains(verdict.Gate) ? verdict with { Asked = byGitHub } : verdict)],
    };
}

/// <summary>What of a look at a wish was not asked, as an earlier gate had stopped it.</summary>
internal static class Unasked
{
    /// <summary>How the sentence of earlier releases begins, which didn't say whether GitHub was asked.</summary>
    private const string Beginning = "Required: ";

    /// <param name="isStopped">Whether a gate before it didn't let pass.</param>
    public static bool Is(GateVerdict verdict, bool isStopped) => verdict.Asked switch
    {
        { } asked => !asked,
        null => isStopped && verdict is { Gate: GateNames.Checks, Outcome: GateOutcome.Pass }
            && verdict.Reason.ToString().StartsWith(Beginning, StringComparison.Ordinal),
    };
}

/// <summary>What a look at a wish found that let pass only because a person wanted it so.</summary>
internal static class Overridden
{
    /// <summary>How the sentences of earlier releases begin, which is all that their verdicts say of it.</summary>
    private static readonly string[] Beginnings = ["Overridden: ", "Overtakes ", "Checks are overridden."];

    /// <returns>Empty where nothing was overridden.</returns>
    public static Sentence In(IReadOnlyList<GateVerdict> verdicts) =>
        Sentence.Join(verdicts.Where(verdicts.Any(verdict => verdict.Overridden) ? verdict => verdict.Overridden : WasOverridden).Select(verdict => verdict.Reason));

    /// <summary>The same in few words, after "forced past"; of what earlier releases overrode, the gate.</summary>
    public static Sentence Past(IReadOnlyList<GateVerdict> verdicts) => Sentence.Plain(string.Join(
        ", ",
        verdicts.Where(Is)
            .Select(verdict => verdict.Past?.ToString() ?? $"the gate {verdict.Gate}")));

    public static bool Is(GateVerdict verdict) => verdict.Overridden || WasOverridden(verdict);

    private static bool WasOverridden(GateVerdict verdict) => verdict.Outcome == GateOutcome.Pass
        && Beginnings.Any(word => verdict.Reason.ToString().StartsWith(word, StringComparison.Ordinal));
}
