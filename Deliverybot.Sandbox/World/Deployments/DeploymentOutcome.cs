namespace Deliverybot.Sandbox.World;

/// <summary>How GitHub answers the wish for a deployment.</summary>
internal abstract record DeploymentOutcome
{
    private DeploymentOutcome()
    {
    }

    internal sealed record Created(Deployment Deployment) : DeploymentOutcome;

    /// <summary>The default branch was merged into the ref; there is no deployment.</summary>
    internal sealed record AutoMerged(string DefaultBranch, string Ref) : DeploymentOutcome;

    internal sealed record MergeConflict(string DefaultBranch, string Ref) : DeploymentOutcome;

    internal sealed record ChecksUnmet(string Ref, IReadOnlyList<UnmetContext> Contexts) : DeploymentOutcome;

    internal sealed record NoSuchRef(string Ref) : DeploymentOutcome;
}
