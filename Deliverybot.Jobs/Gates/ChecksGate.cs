using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Gates;

/// <summary>
/// Required contexts must be good. GitHub judges them on the commit it really resolves, when it is asked to deploy
/// (<see href="https://docs.github.com/en/rest/deployments/deployments#create-a-deployment"/>); its refusal is the fact decided on here.
/// </summary>
internal sealed class ChecksGate : IGate
{
    public string Name => GateNames.Checks;

    /// <remarks>While a commit was its branch's head, GitHub may have judged a newer one of which nobody had told yet.</remarks>
    public Waking WokenBy => Waking.CheckEnded | Waking.HeadMoved;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            { Wish.Target.RequiredContexts: [] } => GateDecision.Pass($"No checks are required."),
            { Wish.Overrides: true, Checks: null } => GateDecision.Override(
                $"Checks are overridden.", Sentence.Plain($"{string.Join(", ", wish.Target.RequiredContexts)} (not read)")),
            { Wish.Overrides: true, Checks.Unmet: [_, ..] unmet } => GateDecision.Override($"Overridden: {Named(unmet)}.", Sentence.Plain(Named(unmet))),
            { Checks: { Unmet: [_, ..] unmet } } => GateDecision.Hold(wish, SentenceOf(unmet)),
            _ => GateDecision.Pass($"Required: {string.Join(", ", wish.Target.RequiredContexts)}.") with { Asked = facts.Checks is not null },
        };
    }

    /// <summary>Whether a sentence of this gate names checks that are still to come, and none that has failed.</summary>
    public static bool SaysOpen(string? reason) => reason?.StartsWith(UnmetCheck.Opening, StringComparison.Ordinal) is true;

    private static string Named(IReadOnlyList<UnmetCheck> unmet)
    {
        var missing = unmet.Where(check => check.Failed || !check.EndedIdly).ToList();
        return string.Join(", ", (missing is [] ? unmet : missing).Select(check => check.IsPromotion ? "its promotion" : check.ToString()));
    }

    private static Sentence SentenceOf(IReadOnlyList<UnmetCheck> unmet)
    {
        var failed = unmet.Where(check => check.Failed).ToList();
        if (failed.Count > 0)
        {
            return $"{string.Join(", ", failed)}. A re-run may turn it green.";
        }

        var open = unmet.Where(check => !check.EndedIdly).ToList();
        return $"Waiting for {string.Join(", ", open is [] ? unmet : open)}.";
    }
}

internal sealed partial record GateFacts
{
    /// <summary>What GitHub answered when it was asked to deploy; null before that.</summary>
    public ChecksFacts? Checks { get; init; }
}

/// <summary>The required contexts that are unmet, with the states that GitHub gave, or, where it was not asked to judge, that were read.</summary>
internal sealed record ChecksFacts(IReadOnlyList<UnmetCheck> Unmet)
{
    /// <summary>
    /// Of those that were read here: the ones with a run that was skipped or neutral, which GitHub counts as unmet. Where such a run is as
    /// good as a success, GitHub is not asked about its context.
    /// </summary>
    public IReadOnlyList<string> Excused { get; init; } = [];

    /// <summary>The contexts whose next event could change something. A check that was skipped has ended: no event of it is to come.</summary>
    public IEnumerable<string> Awaited => Unmet.Where(check => !check.EndedIdly).Select(check => check.Context);

    /// <summary>Reads GitHub's refusal; where that names no context, none of the required ones counts as good.</summary>
    public static ChecksFacts From(DeploymentCreation.ContextsUnmet refusal, IReadOnlyList<string> required) => new(
        refusal.Contexts is [_, ..]
            ? [.. refusal.Contexts.Select(context => new UnmetCheck(context.Name, context.State))]
            : [.. required.Select(context => new UnmetCheck(context, "unknown"))]);

    /// <summary>
    /// Whether the checks themselves must be read: all have ended and GitHub names only skipped and neutral ones, or events told
    /// that all had ended well (<paramref name="allHadEnded"/>) and GitHub refuses nevertheless.
    /// </summary>
    public bool MustBeRead(bool allHadEnded) => Unmet.All(check => check.EndedIdly) || (allHadEnded && !Unmet.Any(check => check.Failed));
}

/// <summary>A required context that is not good, in GitHub's words (<c>pending</c>, <c>failure</c>, <c>expected</c> …).</summary>
/// <param name="Because">What else of its suite kept it from running; only of a skipped one.</param>
internal sealed record UnmetCheck(string Context, string State, string? Because = null)
{
    public const string Skipped = "skipped";
    public const string Neutral = "neutral";

    /// <summary>How the sentence begins that names those which are still to come.</summary>
    public const string Opening = "Waiting for ";

    /// <summary>GitHub's own word for what has not ended.</summary>
    private const string Pending = "pending";

    /// <summary>One that a wish still waits for, in the word that the wish's sentence has for it.</summary>
    /// <param name="said">A sentence that names those which are still to come.</param>
    public static UnmetCheck ReadFrom(string said, string context) => new(context, WordOf(said, context) ?? Pending);

    /// <summary>Whether a sentence names the check.</summary>
    public static bool IsNamed(string said, string context) => WordOf(said, context) is not null;

    /// <summary>A name may itself end in parentheses, as those of a matrix do: the word is what stands in the last ones.</summary>
    private static string? WordOf(string said, string context)
    {
        foreach (var before in (ReadOnlySpan<string>)[Opening, ", ", ""])
        {
            var named = $"{before}{context} (";
            for (var at = said.IndexOf(named, StringComparison.Ordinal); at >= 0 && (before.Length > 0 || at == 0); at = said.IndexOf(named, at + 1, StringComparison.Ordinal))
            {
                if (said.IndexOf(')', at + named.Length) is >= 0 and var end && (end + 1 == said.Length || said[end + 1] is ',' or '.'))
                {
                    return said[(at + named.Length)..end];
                }
            }
        }

        return null;
    }

    /// <summary>It has ended badly: only a re-run can mend it.</summary>
    public bool Failed => Because is not null
        || State is "failure" or "error" or "cancelled" or "timed_out" or "action_required" or "startup_failure" or "stale";

    /// <summary>Nobody has promoted the commit yet.</summary>
    public bool IsPromotion => Context == Target.PromotionContext && !Failed;

    /// <summary>It has ended in a way that may be as good as a success, though GitHub counts it as unmet.</summary>
    public bool EndedIdly => State is Skipped or Neutral;

    public override string ToString() => this switch
    {
        { IsPromotion: true } => "somebody to promote it",
        { Because: null } => $"{Context} ({State})",
        _ => $"{Context} ({State} because {Because})",
    };
}
