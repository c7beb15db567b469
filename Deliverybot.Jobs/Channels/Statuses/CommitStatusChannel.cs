using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Commits, by the commit status <c>deliverybot/target</c>.</summary>
internal sealed class CommitStatusChannel(CommitStatusWriter writer, TimeProvider time) : IChannel
{
    public string Name => "commit_status";

    public bool Wants(Happening change) => change switch
    {
        { LeftCommit: not null, Wish: var wish } => wish.SaysPending(),
        { Wish: var wish } => TargetStatus.FollowsAnother(wish) || (TargetStatus.Of(wish, time.GetUtcNow()) is { } status && status.Memo != wish.CommitStatus),
    };

    public Task TellAsync(Happening change, CancellationToken cancellationToken) => change.LeftCommit is { } left
        ? writer.LeaveAsync(change.Wish.Id, left, cancellationToken)
        : writer.WriteAsync(change.Wish, cancellationToken);
}

/// <summary>The release before this one leaves to it the commit statuses that GitHub can't take.</summary>
[StoredAs("Deliverybot.Jobs.Statuses.WriteCommitStatusJob")]
internal sealed class WriteCommitStatusJob(DeliverybotContext db, CommitStatusWriter writer)
{
    [WorkOf(0, WorkKey.Deployment)]
    [JobTitle("Commit status of deployment {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken) is { } wish)
        {
            await writer.WriteAsync(wish, cancellationToken);
        }
    }

    /// <param name="sha">The commit that it was for, in whose place GitHub has taken a newer one.</param>
    [WorkOf(0, WorkKey.Deployment)]
    [JobTitle("Commit status of {1}, in whose place deployment {0} came")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task LeaveAsync(long id, string sha, CancellationToken cancellationToken) =>
        writer.LeaveAsync(new DeploymentId(id), CommitSha.Parse(sha), cancellationToken);
}
