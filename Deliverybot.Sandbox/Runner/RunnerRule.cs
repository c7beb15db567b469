using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Runner;

/// <summary>A mode for the deployments it matches; what is left out matches all.</summary>
/// <param name="Repository"><c>owner/name</c></param>
/// <param name="Ref">Ref or sha that the deployment names.</param>
public sealed record RunnerRule(RunnerMode Mode, string? Repository = null, string? Environment = null, string? Ref = null)
{
    internal bool Matches(Repository repository, Deployment deployment) =>
        (Repository is null || string.Equals(Repository, repository.FullName, StringComparison.OrdinalIgnoreCase))
        && (Environment is null || string.Equals(Environment, deployment.Environment, StringComparison.OrdinalIgnoreCase))
        && (Ref is null || Ref == deployment.Ref || Ref == deployment.Sha);
}
