using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.PullRequests.Comments;
using Deliverybot.Jobs.Statuses;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deploying;

/// <summary>People end what waits. Its commit status is told by a job, with the App's own access.</summary>
internal sealed class Cancellations(DeliverybotContext db, WishRecord record, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>The caller has made sure that the person may write to the repository.</summary>
    public async Task<CancelOutcome> CancelAsync(RepositoryId repository, DeploymentId id, GitHubLogin by, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository, cancellationToken);
        return wish switch
        {
            null => new CancelOutcome.Unknown($"There is no deployment {id} here."),
            _ when await EndAsync(wish, by, cancellationToken) => new CancelOutcome.Cancelled([id], by),
            _ => CancelOutcome.NotWaiting.Of(wish),
        };
    }

    /// <summary>Ends what a pull request has waiting for a target.</summary>
    public async Task<CancelOutcome> CancelAsync(
        RepositoryId repository, PullRequestNumber pullRequest, TargetName target, GitHubLogin by, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.Where(row => row.RepositoryId == repository && row.PullRequest == pullRequest && row.Target == target);
        var newest = await wishes.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var ended = new List<DeploymentId>();
        foreach (var wish in await wishes.Where(row => row.State == DeploymentState.Waiting).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            if (await EndAsync(wish, by, cancellationToken))
            {
                ended.Add(wish.Id);
            }
        }

        return (ended, newest) switch
        {
            ([_, ..], _) => new CancelOutcome.Cancelled(ended, by),
            (_, { } last) => CancelOutcome.NotWaiting.Of(last),
            _ => new CancelOutcome.Unknown($"Pull request {pullRequest} has nothing that waits for {target}."),
        };
    }

    private async Task<bool> EndAsync(Deployment wish, GitHubLogin by, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        await Turn.TakeForTransactionAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        await db.Entry(wish).ReloadAsync(cancellationToken);
        if (wish.State != DeploymentState.Waiting)
        {
            return false;
        }

        var waitedFor = wish.Reason ?? "";
        await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, $"Cancelled by {by}.", cancellationToken);
        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = wish.RepositoryId,
            At = time.GetUtcNow(),
            Actor = by,
            Act = ActivityAct.Cancelled,
            Environment = wish.Environment,
            DeploymentId = wish.Id,
            Sha = wish.Sha,
            Detail = waitedFor,
        });
        await db.SaveChangesAsync(cancellationToken);
        jobs.Enqueue<WriteCommitStatusJob>(job => job.RunAsync(wish.Id.Value, CancellationToken.None));
        if (wish.PullRequest is not null)
        {
            jobs.Enqueue<WriteCommentsJob>(job => job.RunAsync(wish.Id.Value, CancellationToken.None));
        }

        scope.Complete();
        return true;
    }
}
