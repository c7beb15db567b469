namespace Deliverybot.Data.Deploying;

/// <summary>
/// Which of two deployments was made later at GitHub, whose times are whole seconds: of two in one second the one with the higher number.
/// It is said once, for C# and for EF Core.
/// </summary>
public static class DeploymentOrder
{
    /// <param name="earlier">It was made at GitHub.</param>
    public static IQueryable<Deployment> MadeAfter(this IQueryable<Deployment> rows, Deployment earlier) =>
        rows.Where(row => row.DeployedAt > earlier.DeployedAt || (row.DeployedAt == earlier.DeployedAt && row.GitHubId > earlier.GitHubId));

    /// <inheritdoc cref="MadeAfter(IQueryable{Deployment}, Deployment)"/>
    public static bool IsMadeAfter(this Deployment row, Deployment earlier) =>
        row.DeployedAt > earlier.DeployedAt
        || (row.DeployedAt == earlier.DeployedAt && row.GitHubId is { } id && earlier.GitHubId is { } other && id > other);
}
