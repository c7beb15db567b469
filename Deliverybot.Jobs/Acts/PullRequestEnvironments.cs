using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts;

/// <summary>A target whose environment is a template has many: in a pull request its own is meant.</summary>
internal sealed class PullRequestEnvironments(DeliverybotContext db)
{
    /// <returns>Where the last wish of that pull request for the target went, or waits to go; null where it never had one.</returns>
    public async Task<EnvironmentName?> FindAsync(
        RepositoryId repository, Target target, PullRequestNumber pullRequest, CancellationToken cancellationToken)
    {
        // What an event couldn't fill in is kept under the template itself.
        var unfilled = new EnvironmentName(target.Environment.Text).Key;
        var last = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.PullRequest == pullRequest && row.Target == target.Name)
            .Where(row => row.EnvironmentKey != unfilled && row.Act == DeploymentAct.Deploy)
            .OrderByDescending(row => row.Id)
            .Select(row => row.Environment)
            .Take(1)
            .ToListAsync(cancellationToken);
        return last is [var environment] ? environment : null;
    }
}
