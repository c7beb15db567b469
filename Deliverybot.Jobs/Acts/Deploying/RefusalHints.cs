using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>What a person can do where a deployment was refused: there is always something.</summary>
internal static class RefusalHints
{
    public static readonly ActHint OnceMended = new ActHint.Next($"Once that is mended, deploy it again.");

    public static readonly ActHint OnceThawed = new ActHint.Next($"Deploy it again once that is over. A rollback may go out meanwhile.");

    /// <summary>Something else came in between.</summary>
    public static readonly ActHint IfStillWanted = new ActHint.Next($"Deploy it again if it is still wanted.");

    /// <summary>An event has wished for the same.</summary>
    public static readonly ActHint WaitsAlready = new ActHint.Next($"It waits already, and goes out by itself once it may.");

    /// <param name="wish">With the reason that was told, and the gate that stands in the way; none where GitHub does.</param>
    /// <param name="earlier">The target at which the gate wants the commit to go well first; null where it wants something else.</param>
    public static IEnumerable<ActHint> Of(Deployment wish, TargetName? earlier, AllGates gates)
    {
        var hints = OfGate(wish, earlier)
            .Concat(!wish.IsRollback() && !wish.Waits && gates.LetsWait(wish.Gate, wish.Force) ? [new ActHint.Wait()] : Array.Empty<ActHint>())
            .Concat(!wish.Force && gates.YieldsToForce(wish.Gate) ? [new ActHint.Force()] : Array.Empty<ActHint>()).ToList();
        return hints is [] ? [OnceMended] : hints;
    }

    private static IEnumerable<ActHint> OfGate(Deployment wish, TargetName? earlier)
    {
        if (wish.Gate == GateNames.Permission)
        {
            yield return PersonsHint.AskSomebody;
        }
        else if (wish.Gate == GateNames.Freshness)
        {
            yield return IfStillWanted;
        }
        else if (wish.Gate == GateNames.Lock)
        {
            yield return new ActHint.LockedBySomebody(wish.Environment);
        }
        else if (wish.Gate == GateNames.Freeze)
        {
            yield return OnceThawed;
        }
        else if (earlier is { } before)
        {
            yield return new ActHint.DeployBefore(before, wish.Sha, wish.Ref);
        }
        else if (wish.Gate is null && DeploymentConflict.IsOfMerge(wish.Reason?.ToString() ?? string.Empty))
        {
            yield return new ActHint.Next($"Merge the default branch into it, and deploy the merge commit.");
        }
    }
}
