using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>
/// The comments that changes made due. They are written when the work is done and no environment's turn is held; what GitHub can't
/// take now, and what may or may not have arrived, is left to a job.
/// </summary>
internal sealed class DueComments(TargetCommentWriter writer, FailureNotice failures, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>GitHub may still be working on a request whose answer was lost.</summary>
    private static readonly TimeSpan LookSoon = TimeSpan.FromSeconds(16);

    private readonly SortedDictionary<DeploymentId, Deployment> _due = [];

    /// <summary>Tells of a change that has been saved.</summary>
    public void Note(Deployment wish)
    {
        if (TargetComment.TellsOf(wish) || FailureNotice.IsDue(wish))
        {
            _due[wish.Id] = wish;
        }
    }

    /// <summary>Writes what is due by now, the oldest wish first.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var due = _due.Values.ToList();
        _due.Clear();
        foreach (var wish in due.DistinctBy(wish => (wish.RepositoryId, wish.PullRequest, wish.Target)))
        {
            await OrLaterAsync(wish, () => writer.WriteAsync(wish.RepositoryId, wish.PullRequest!.Value, wish.Target, cancellationToken));
        }

        foreach (var wish in due.Where(FailureNotice.IsDue))
        {
            await OrLaterAsync(wish, () => failures.WriteAsync(wish.Id, cancellationToken));
        }
    }

    private async Task OrLaterAsync(Deployment wish, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (RetryLaterException later)
        {
            PutOff(wish.Id, later.At, later.Reason);
        }
        catch (OutcomeUnknownException unknown)
        {
            PutOff(wish.Id, time.GetUtcNow() + LookSoon, unknown.Message);
        }
    }

    private void PutOff(DeploymentId id, DateTimeOffset at, string reason) => jobs.Create<WriteCommentsJob>(
        job => job.RunAsync(id.Value, CancellationToken.None), new ScheduledState(at.UtcDateTime) { Reason = reason });
}
