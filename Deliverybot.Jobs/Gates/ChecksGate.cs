using Deliverybot.Data.Gates;
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
            { Wish.IsRollback: true } => GateDecision.Pass($"A rollback needs no checks."),
            { Wish.Overrides: true, Checks: null } => GateDecision.Override(
                $"Checks are overridden.", Sentence.Plain($"{string.Join(", ", wish.Target.RequiredContexts)} (not read)")),
            { Wish.Overrides: true, Checks.Unmet: [_, ..] unmet } => GateDecision.Override($"Overridden: {Named(unmet)}.", Sentence.Plain(Named(unmet))),
            { Checks: { Unmet: [_, ..] unmet } } => GateDecision.Hold(wish, SentenceOf(unmet)) with { Unmet = unmet },
            _ => GateDecision.Pass($"Required: {string.Join(", ", wish.Target.RequiredContexts.Select(context => Told(context, facts.Checks)))}.") with { Asked = facts.Checks is not null },
        };
    }

    /// <summary>That one was skipped, and counts as good, is said.</summary>
    private static string Told(string context, ChecksFacts? checks) =>
        checks?.Excused.FirstOrDefault(check => check.Context == context) is { } excused ? excused.ToString() : context;

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
    public IReadOnlyList<UnmetCheck> Excused { get; init; } = [];

    /// <summary>The contexts whose next event could change something. A check that was skipped has ended: no event of it is to come.</summary>
    public IEnumerable<string> Awaited => Unmet.Where(check => !check.EndedIdly).Select(check => check.Context);

    /// <summary>
    /// Reads GitHub's refusal. It names what was reported of the commit with its state, also what is good
    /// (<see href="https://github.com/drevops/vortex/issues/1903"/>, <see href="https://github.com/remind101/slashdeploy/issues/15"/>), and
    /// leaves out the required contexts of which nobody has reported anything, as its own chat client adds these
    /// (<see href="https://github.com/atmos/hubot-deploy"/>). Where it names nothing at all, nobody knows how the required ones stand.
    /// </summary>
    public static ChecksFacts From(DeploymentCreation.ContextsUnmet refusal, IReadOnlyList<string> required)
    {
        if (refusal.Contexts is not { } named)
        {
            return AllOf(required, UnmetCheck.Unknown);
        }

        var unmet = required.Select(context => UnmetOf(context, [.. named.Where(told => told.Name == context)])).OfType<UnmetCheck>().ToList();
        return unmet is [] ? AllOf(required, UnmetCheck.Unknown) : new ChecksFacts(unmet);
    }

    /// <summary>A status and a check may have one name: the worse one counts.</summary>
    private static UnmetCheck? UnmetOf(string context, IReadOnlyList<UnmetContext> told) => told is []
        ? new UnmetCheck(context, UnmetCheck.NoResult)
        : told.Where(one => one.State != UnmetCheck.Good).Select(one => new UnmetCheck(context, one.State)).OrderByDescending(check => check.Failed).FirstOrDefault();

    private static ChecksFacts AllOf(IReadOnlyList<string> required, string state) => new([.. required.Select(context => new UnmetCheck(context, state))]);

    /// <summary>
    /// Whether the checks themselves must be read: all have ended and GitHub names only skipped and neutral ones, or events told
    /// that all had ended well (<paramref name="allHadEnded"/>) and GitHub refuses nevertheless.
    /// </summary>
    public bool MustBeRead(bool allHadEnded) => Unmet.All(check => check.EndedIdly) || (allHadEnded && !Unmet.Any(check => check.Failed));
}

/// <summary>
/// A required context that is not good, in GitHub's words (<c>pending</c>, <c>failure</c> …), or in ours where nobody has reported on it: that
/// stays true until it has ended, for nobody tells us that it has begun.
/// </summary>
/// <param name="Because">What else of its suite kept it from running; only of a skipped one.</param>
internal sealed record UnmetCheck(string Context, string State, string? Because = null)
{
    public const string Skipped = "skipped";
    public const string Neutral = "neutral";

    public const string Pending = "pending";

    /// <summary>GitHub's word for one that does well, which its answers name among the others.</summary>
    public const string Good = "success";

    /// <summary>Nobody had reported on it: whether it runs, or ever will, isn't known.</summary>
    public const string NoResult = "no result yet";

    /// <summary>GitHub has said nothing of any.</summary>
    public const string Unknown = "unknown";

    /// <summary>As it is kept with what the gate said.</summary>
    public VerdictCheck Kept => new(Context, State, Because);

    public static UnmetCheck Of(VerdictCheck kept) => new(kept.Context, kept.State, kept.Because);

    /// <summary>GitHub didn't name it.</summary>
    public bool IsUnheard => State == NoResult;

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
