using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Reports;

/// <summary>
/// When a job's deployment succeeds, GitHub makes earlier ones of the environment inactive by itself, also where the job deployed nothing and
/// doesn't count: what was live is so still (<see href="https://docs.github.com/en/rest/deployments/statuses#inactive-deployments"/>).
/// </summary>
internal sealed class UncountedSuccesses(DeliverybotContext db, Outbox outbox)
{
    /// <summary>GitHub writes both at once; what comes later is somebody's own act.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    /// <summary>Whether GitHub has made a deployment inactive for no other reason.</summary>
    /// <param name="live">The deployment, as it was.</param>
    /// <param name="told">What was made inactive: the deployment itself, or that of the job which carried it out.</param>
    /// <param name="at">When.</param>
    public async Task<bool> HaveEndedAsync(Deployment live, GitHubDeploymentId told, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (earliest, latest) = (at - AtOnce, at + AtOnce);
        return live is { State: DeploymentState.Success, TransientEnvironment: false, DoesNotCount: null }
            && await db.Deployments.AnyAsync(
                row => row.RepositoryId == live.RepositoryId && row.EnvironmentKey == live.EnvironmentKey && row.DoesNotCount != null
                    && row.GitHubId > told && row.State == DeploymentState.Success && row.StatusAt >= earliest && row.StatusAt <= latest,
                cancellationToken);
    }

    /// <summary>What one that doesn't count has made inactive at GitHub was told before its own success.</summary>
    /// <param name="made">Saved, so that its own state is known.</param>
    public async Task GiveBackAsync(Turn turn, Deployment made, CancellationToken cancellationToken)
    {
        turn.MustCover(made);
        if (made is not { DoesNotCount: not null, State: DeploymentState.Success, StatusAt: { } at })
        {
            return;
        }

        var (earliest, latest) = (at - AtOnce, at + AtOnce);
        var live = await db.Deployments
            .Where(row => row.RepositoryId == made.RepositoryId && row.EnvironmentKey == made.EnvironmentKey && row.DoesNotCount == null)
            .Where(row => row.State == DeploymentState.Inactive && row.SucceededAt != null && !row.TransientEnvironment && row.GitHubId < made.GitHubId)
            .Where(row => row.StatusAt >= earliest && row.StatusAt <= latest)
            .ToListAsync(cancellationToken);
        foreach (var each in live)
        {
            each.State = DeploymentState.Success;
            outbox.Add(each);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
