using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Looks at a wish that has not been looked at for long. The push that moved its branch on may be what was lost, so GitHub is asked for the head.</summary>
internal sealed class LookAgainJob(
    DeliverybotContext db, RepositoryBook repositories, GitHubClients github, RefHeads heads, WaitingWishes waiting)
{
    [WorkOf(0, WorkKey.Deployment)]
    [DisplayName("Deployment {0}, after a while")]
    [RetryLater]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [30, 120, 600])]
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is not { State: DeploymentState.Waiting or DeploymentState.Creating }
            || await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        if (wish.IsAutomatic() && wish.Ref is { IsBranch: true } branch)
        {
            await heads.AskAsync(repository.Id, branch, client, cancellationToken);
        }

        await waiting.LookAgainAsync(wish, cancellationToken);
    }
}
