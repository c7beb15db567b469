using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What ended a deployment, or took it away, and is no step of its own that GitHub has told: the same in each timeline.</summary>
/// <param name="Detail">Why; empty where the word says all.</param>
/// <param name="LeadsTo">The deployment that did it; null where it is the deployment's own end.</param>
internal sealed record TimelineEnd(DateTimeOffset At, StateView Look, string What, Sentence Detail, DeploymentId? LeadsTo)
{
    /// <param name="rollback">What took it away (<see cref="TakenBack"/>).</param>
    /// <returns>In the order of time.</returns>
    public static IEnumerable<TimelineEnd> Of(Deployment row, Deployment? rollback)
    {
        if (row.State.IsUndeployed() && row.EndedAt is { } ended)
        {
            var look = StateView.Of(row, isLive: false, ended);
            yield return new TimelineEnd(ended, look, look.Label, Then(row), LeadsTo: null);
        }

        if (rollback is { SucceededAt: { } at })
        {
            yield return new TimelineEnd(
                rollback.FirstSucceededAt ?? at,
                new StateView(Tone.Plain, "arrow-counterclockwise", StateWords.RolledBack),
                StateWords.RolledBack,
                $"{rollback.RequestedBy} took {rollback.Environment} back to {rollback.Sha.Short}.",
                rollback.Id);
        }
    }

    /// <summary>What a gate said was so when it ended the wish, and may have changed since.</summary>
    private static Sentence Then(Deployment row) =>
        row is { Gate: not null, Reason: { IsEmpty: false } reason } ? (Sentence)$"As it stood then: {reason}" : row.Reason ?? Sentence.Empty;
}
