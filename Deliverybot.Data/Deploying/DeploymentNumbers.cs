using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Data.Deploying;

/// <summary>GitHub's numbers: a deployment of ours has its own, and that of the deployment which the job that carries it out has filed.</summary>
public static class DeploymentNumbers
{
    public static IQueryable<Deployment> Numbered(this IQueryable<Deployment> rows, params GitHubDeploymentId[] ids) =>
        rows.Where(row => ids.Contains(row.GitHubId!.Value) || ids.Contains(row.CarriedOutBy!.Value));

    /// <summary>The one that GitHub calls so; else one that is carried out by what it calls so.</summary>
    public static async Task<Deployment?> ByNumberAsync(this IQueryable<Deployment> rows, GitHubDeploymentId id, CancellationToken cancellationToken) =>
        await rows.SingleOrDefaultAsync(row => row.GitHubId == id, cancellationToken)
        ?? await rows.FirstOrDefaultAsync(row => row.CarriedOutBy == id, cancellationToken);
}
