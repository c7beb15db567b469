using Deliverybot.Data;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Markup;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// Whoever closed the pull request has no right to unlock: the locks that were taken in it hold as if they had been taken elsewhere, and it is
/// told so. Neither is there without the other.
/// </summary>
internal sealed class KeptLocks(DeliverybotContext db, IBackgroundJobClientV2 jobs)
{
    public async Task UntieAsync(RepositoryId repository, PullRequestNumber pullRequest, GitHubUser by, CancellationToken cancellationToken)
    {
        var tied = db.Locks.Where(row => row.RepositoryId == repository && row.PullRequest == pullRequest);
        foreach (var environmentKey in await tied.Select(row => row.EnvironmentKey).Distinct().ToListAsync(cancellationToken))
        {
            // In the environment's turn: whoever renews the lock now would tie it anew.
            using var awaited = await Turn.AwaitAsync(db, repository, environmentKey, cancellationToken);
            using var scope = JobTransaction.Begin();
            await UntieAsync(await awaited.TakeAsync(cancellationToken), tied.Where(row => row.EnvironmentKey == environmentKey), pullRequest, by, cancellationToken);
            scope.Complete();
        }
    }

    /// <summary>Of these locks, which stood before the pull request was closed, those that are gone since are told of in it.</summary>
    public async Task TellEndedAsync(IReadOnlyList<EnvironmentLock> before, PullRequestNumber pullRequest, CancellationToken cancellationToken)
    {
        var ids = before.Select(held => held.Id).ToList();
        var left = ids is [] ? [] : await db.Locks.Where(held => ids.Contains(held.Id)).Select(held => held.Id).ToListAsync(cancellationToken);
        foreach (var ended in before.Where(held => !left.Contains(held.Id)))
        {
            jobs.Enqueue<LockEndedJob>(job => job.RunAsync(
                ended.RepositoryId.Value, ended.Id, pullRequest.Value, ended.Environment.Value, ended.Since, CancellationToken.None));
        }
    }

    private async Task UntieAsync(
        Turn turn, IQueryable<EnvironmentLock> tied, PullRequestNumber pullRequest, GitHubUser by, CancellationToken cancellationToken)
    {
        foreach (var held in await tied.AsNoTracking().ToListAsync(cancellationToken))
        {
            turn.MustCover(held.RepositoryId, held.EnvironmentKey);
            if (await tied.Where(row => row.Id == held.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.PullRequest, (PullRequestNumber?)null), cancellationToken) == 1)
            {
                jobs.Enqueue<LockStaysJob>(job => job.RunAsync(held.Id, pullRequest.Value, by.ToString(), CancellationToken.None));
            }
        }
    }
}

/// <summary>Says in a pull request, once, that a lock which was taken in it doesn't end with it: whoever closed it has no right to unlock.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.LockStaysJob")]
internal sealed class LockStaysJob(DeliverybotContext db, KnownRepositories repositories, Conversations conversations)
{
    /// <param name="pullRequest">Where it was taken.</param>
    /// <param name="by">Who closed that.</param>
    [JobTitle("Lock {0} stays, though pull request {1} was closed")]
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
        if (await conversation.FindAsync(mark, held.Since, cancellationToken) is CommentSearch.Missing)
        {
            await conversation.SayAsync(TextOf(held, by), mark, cancellationToken);
        }
    }

    private static string TextOf(EnvironmentLock held, string by) =>
        $"🔒 {GitHubMarkdown.Plain($"{LockWords.Locked(held.Environment, held.Facts())}.")}\n\n"
        + $"It stays so: {GitHubMarkdown.Plain(by)} closed this pull request, but may not write to this repository, and so can't unlock what was locked here. "
        + $"Whoever may: {GitHubMarkdown.Code($"/unlock {held.Environment}")}.";
}

/// <summary>Says in a pull request, once, that a lock has ended with it.</summary>
internal sealed class LockEndedJob(KnownRepositories repositories, Conversations conversations)
{
    /// <param name="id">The lock, which is no more.</param>
    /// <param name="pullRequest">What was closed.</param>
    /// <param name="environment">What it kept as it was.</param>
    /// <param name="since">When it was taken.</param>
    [WorkOf(0, WorkKey.Repository)]
    [JobTitle("Lock {1} has ended with pull request {2}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(
        long repository, long id, int pullRequest, string environment, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await repositories.ConfirmAsync(new RepositoryId(repository), cancellationToken) is not { } known)
        {
            return;
        }

        var conversation = conversations.Of(known, new PullRequestNumber(pullRequest));
        var mark = CommentMark.OfLockEnd(id);
        if (await conversation.FindAsync(mark, since, cancellationToken) is CommentSearch.Missing)
        {
            await conversation.SayAsync(
                $"🔓 {GitHubMarkdown.Code(environment)} is locked no longer: its lock ended with this pull request.", mark, cancellationToken);
        }
    }
}
