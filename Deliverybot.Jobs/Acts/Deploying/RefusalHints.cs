using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>What a person can do where a deployment was refused: there is always something.</summary>
internal static class RefusalHints
{
    /// <param name="gate">The gate that stands in the way; null where GitHub, or a template, does.</param>
    public static IEnumerable<ActHint> Of(Deployment wish, Sentence reason, string? gate, AllGates gates)
    {
        var hints = OfGate(wish, reason, gate).Concat(!wish.Force && gates.YieldsToForce(gate) ? [new ActHint.Force()] : Array.Empty<ActHint>()).ToList();
        return hints is [] ? [new ActHint.Next($"Once that is mended, deploy it again.")] : hints;
    }

    private static IEnumerable<ActHint> OfGate(Deployment wish, Sentence reason, string? gate)
    {
        if (gate == GateNames.Lock)
        {
            yield return new ActHint.LockedBySomebody(wish.Environment);
        }
        else if (gate == GateNames.After && wish.TargetDefinition is { } definition
            && AfterGate.Unmet(reason.ToString(), TargetJson.Read(definition).After) is { } earlier)
        {
            yield return new ActHint.DeployBefore(earlier, wish.Sha, wish.Ref);
        }
        else if (gate is null && DeploymentConflict.IsOfMerge(reason.ToString()))
        {
            yield return new ActHint.Next($"Merge the default branch into it, and deploy the merge commit.");
        }
    }
}
