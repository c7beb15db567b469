using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>One wish to deploy a commit.</summary>
/// <param name="Decision">What each gate said last; null where none was asked.</param>
internal sealed record WishView(
    DeploymentId Id,
    StateView State,
    TriggerChoice Trigger,
    GitHubLogin RequestedBy,
    DateTimeOffset CreatedAt,
    string? Reason,
    Evaluation? Decision)
{
    /// <summary>Whether every gate let it pass: what they said is of less interest then.</summary>
    public bool HasPassed => Decision is { } decision && decision.Verdicts.All(verdict => verdict.Outcome == GateOutcome.Pass);
}
