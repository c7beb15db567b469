using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Comments;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>
/// The commit statuses that changes made due. They are written when the work is done and no environment's turn is held,
/// so that no deployment waits for them; what GitHub can't take now is put off. The comments of a pull request go with them.
/// </summary>
internal sealed class DueCommitStatuses(CommitStatusWriter writer, DueComments comments, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    private readonly HashSet<DeploymentId> _due = [];

    /// <summary>Tells of a change that has been saved.</summary>
    public void Note(Deployment wish)
    {
        if (TargetStatus.FollowsAnother(wish) || (TargetStatus.Of(wish, time.GetUtcNow()) is { } status && status.Memo != wish.CommitStatus))
        {
            _due.Add(wish.Id);
        }

        comments.Note(wish);
    }

    /// <summary>Writes what is due by now, the oldest wish first.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _due.Order().ToList())
        {
            try
            {
                await writer.WriteAsync(id, cancellationToken);
            }
            catch (RetryLaterException later)
            {
                jobs.Create<WriteCommitStatusJob>(
                    job => job.RunAsync(id.Value, CancellationToken.None),
                    new ScheduledState(later.At.UtcDateTime) { Reason = later.Reason });
            }

            _due.Remove(id);
        }

        await comments.WriteAsync(cancellationToken);
    }
}
