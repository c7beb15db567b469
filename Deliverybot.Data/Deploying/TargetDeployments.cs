using Deliverybot.Data.Names;

namespace Deliverybot.Data.Deploying;

/// <summary>
/// What counts for a target: what was wished for it, and what others have made in its environment, which may name no target. It is said
/// once, for C#, for EF Core and for SQL.
/// </summary>
public static class TargetDeployments
{
    public static IQueryable<Deployment> CountingFor(this IQueryable<Deployment> rows, TargetName target) =>
        rows.Where(row => row.Target == target || row.Cause == DeploymentCause.External);

    /// <inheritdoc cref="TargetDeployments"/>
    /// <param name="isExternal">Whether others have made it.</param>
    public static bool CountsFor(TargetName target, TargetName named, bool isExternal) => isExternal || named == target;

    /// <param name="target">The parameter, as it stands in SQL.</param>
    public static string CountingSql(string target) => $"(target = {target} or cause = '{DeploymentCause.External}')";
}
