using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>
/// When a job's deployment succeeds, GitHub makes earlier ones of the environment inactive by itself, also where the job deployed nothing and
/// doesn't count: what was live is so still (<see href="https://docs.github.com/en/rest/deployments/statuses#inactive-deployments"/>).
/// </summary>
internal sealed class UncountedSuccesses(DeliverybotContext db)
{
    /// <summary>GitHub writes both at once; what comes later is somebody's own act.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    /// <summary>Whether GitHub has made a deployment inactive for no other reason.</summary>
    /// <param name="live">The deployment, as it was.</param>
    /// <param name="told">What was made inactive: the deployment itself, or that of the job which carried it out.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<bool> HaveEndedAsync(Deployment live, SeenDeployment told, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (earliest, latest) = (at - AtOnce, at + AtOnce);
        return live is { State: DeploymentState.Success, TransientEnvironment: false, DoesNotCount: null }
            && await db.Deployments.AnyAsync(
                row => row.RepositoryId == live.RepositoryId && row.EnvironmentKey == live.EnvironmentKey && row.DoesNotCount != null
                    && row.GitHubId > told.Id && row.State == DeploymentState.Success && row.StatusAt >= earliest && row.StatusAt <= latest,
                cancellationToken);
    }

    /// <summary>What one that doesn't count has made inactive at GitHub was told before its own success.</summary>
    public async Task GiveBackAsync(Turn turn, Deployment made, CancellationToken cancellationToken)
    {
        turn.MustCover(made);
        if (made is { DoesNotCount: not null, State: DeploymentState.Success, StatusAt: { } at })
        {
            var (earliest, latest) = (at - AtOnce, at + AtOnce);
            await db.Deployments
                .Where(row => row.RepositoryId == made.RepositoryId && row.EnvironmentKey == made.EnvironmentKey && row.DoesNotCount == null)
                .Where(row => row.State == DeploymentState.Inactive && row.SucceededAt != null && !row.TransientEnvironment && row.GitHubId < made.GitHubId)
                .Where(row => row.StatusAt >= earliest && row.StatusAt <= latest)
                .ExecuteUpdateAsync(row => row.SetProperty(live => live.State, DeploymentState.Success), cancellationToken);
        }
    }
}
