namespace Deliverybot.Data.Deploying;

/// <summary>
/// What each environment runs, by our own history: GitHub marks earlier deployments as inactive by itself, but neither in production
/// nor in transient environments (<see href="https://docs.github.com/en/rest/deployments/statuses#inactive-deployments"/>).
/// </summary>
public static class LiveDeployments
{
    /// <summary>In each environment the last that succeeded, unless it was marked as inactive since: then nothing is live there.</summary>
    public static IQueryable<Deployment> Live(this DeliverybotContext db) =>
        db.Deployments.Where(row => row.State == DeploymentState.Success
            && !db.Deployments.Any(later => later.RepositoryId == row.RepositoryId
                && later.EnvironmentKey == row.EnvironmentKey
                // The first condition is all but said by the second: it lets the index of successes find what is later without reading the rest.
                && later.SucceededAt >= row.SucceededAt
                && (later.SucceededAt > row.SucceededAt || later.Id > row.Id)));
}
