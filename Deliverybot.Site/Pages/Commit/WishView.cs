using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>One wish to deploy a commit.</summary>
/// <param name="Told">What set it off, and who.</param>
/// <param name="Reason">Why it stands so; of one that a gate ended, with the time, for that may have changed since.</param>
/// <param name="Rank">How much it says of how the commit stands there (<see cref="CommitStanding"/>).</param>
/// <param name="Decision">What each gate said last; null where none was asked.</param>
/// <param name="Next">What can be done about it.</param>
internal sealed record WishView(
    DeploymentId Id,
    StateView State,
    string Told,
    DateTimeOffset CreatedAt,
    string? Reason,
    int Rank,
    bool IsLive,
    Evaluation? Decision,
    NextView Next)
{
    /// <summary>Whether it says how the commit stands there: it waits, or its environment has seen something of it.</summary>
    public bool IsInPlay => Rank == 0;

    /// <summary>Whether it waits, or is under way.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What the gates said, where none stopped it.</summary>
    public string Passed => Decision?.Verdicts.Count(verdict => Overridden.Is(verdict)) is > 0 and var overridden
        ? $"{Decision.Verdicts.Count - overridden} of {Decision.Verdicts.Count} gates let it pass, {overridden} {(overridden == 1 ? "was" : "were")} overridden"
        : $"all {Decision?.Verdicts.Count} gates let it pass";

    /// <summary>Whether every gate let it pass: what they said is of less interest then.</summary>
    public bool HasPassed => Decision is { } decision && decision.Verdicts.All(verdict => verdict.Outcome == GateOutcome.Pass);
}
