using Deliverybot.Data.Names;

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
            { Wish.Overrides: true } => GateDecision.Override($"Checks are overridden."),
            { Checks: { Unmet: [_, ..] unmet } } => GateDecision.Hold(wish, SentenceOf(unmet)),
            _ => GateDecision.Pass($"Required: {string.Join(", ", wish.Target.RequiredContexts)}."),
        };
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
