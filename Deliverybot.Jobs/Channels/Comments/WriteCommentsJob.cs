using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>The release before this one leaves to it what GitHub can't take for a pull request.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.Comments.WriteCommentsJob")]
internal sealed class WriteCommentsJob(DeliverybotContext db, TargetCommentWriter writer, FailureNotice failures)
{
    [DisplayName("Pull request comments of deployment {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is { PullRequest: { } number })
        {
            await writer.WriteAsync(wish.RepositoryId, number, wish.Target, cancellationToken);
            await failures.WriteAsync(wish, cancellationToken);
        }
    }
}
