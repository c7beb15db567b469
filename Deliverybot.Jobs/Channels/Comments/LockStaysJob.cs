using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Markup;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Says in a pull request, once, that a lock which was taken in it doesn't end with it: whoever closed it has no right to unlock.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.LockStaysJob")]
internal sealed class LockStaysJob(DeliverybotContext db, RepositoryBook repositories, Conversations conversations)
{
    /// <param name="id">The lock.</param>
    /// <param name="pullRequest">Where it was taken.</param>
    /// <param name="by">Who closed that.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [DisplayName("Lock {0} stays, though pull request {1} was closed")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long id, int pullRequest, string by, CancellationToken cancellationToken)
    {
        if (await db.Locks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } held
            || await repositories.ConfirmAsync(held.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var conversation = conversations.Of(repository, new PullRequestNumber(pullRequest));
        var mark = CommentMark.OfLock(id);
        if (await conversation.FindAsync(mark, held.Since, cancellationToken) is null)
        {
            await conversation.SayAsync(TextOf(held, by), mark, cancellationToken);
        }
    }

    private static string TextOf(EnvironmentLock held, string by) =>
        $"🔒 {GitHubMarkdown.Plain($"{LockWords.Locked(held.Environment, held.Facts())}.")}\n\n"
        + $"It stays so: {GitHubMarkdown.Plain(by)} closed this pull request, but may not write to this repository, and so can't unlock what was locked here. "
        + $"Whoever may: {GitHubMarkdown.Code($"/unlock {held.Environment}")}.";
}
