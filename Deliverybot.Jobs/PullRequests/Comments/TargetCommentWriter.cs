using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Data.PullRequests;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.PullRequests.Comments;

/// <summary>Keeps the one comment of a pull request and target as the newest wish stands.</summary>
internal sealed class TargetCommentWriter(DeliverybotContext db, Conversations conversations, TargetComment comment)
{
    /// <summary>Clocks differ, and GitHub's comments bear GitHub's time.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Writes what is true now, unless that stands there already.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    public async Task WriteAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        var repository = await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (repository is null)
        {
            return;
        }

        // One writes at a time, and reads the rows only then: so an older text never overwrites a newer one.
        await using var turn = await EnvironmentTurn.TakeAsync(db, id, $"comment on {number}: {target}", cancellationToken);
        if (await NewestAsync(id, number, target, cancellationToken) is not { } wish)
        {
            return;
        }

        var markdown = comment.Of(repository.FullName, wish);
        var memo = MemoOf(markdown);
        var known = await db.PullRequestComments.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == id && row.PullRequest == number && row.Target == target, cancellationToken);
        if (known?.Memo != memo && await PlaceAsync(repository, wish, known, markdown, cancellationToken) is { } placed)
        {
            await RememberAsync(id, number, target, placed, memo, cancellationToken);
        }
    }

    private async Task<Deployment?> NewestAsync(RepositoryId id, PullRequestNumber number, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == id && row.PullRequest == number && row.Target == target)
            .OrderByDescending(row => row.Id)
            .AsAsyncEnumerable();
        await foreach (var wish in wishes.WithCancellation(cancellationToken))
        {
            if (TargetComment.TellsOf(wish))
            {
                return wish;
            }
        }

        return null;
    }

    /// <returns>Null where GitHub refuses: then it is tried again with the next change.</returns>
    private async Task<CommentId?> PlaceAsync(
        Repository repository, Deployment wish, PullRequestComment? known, string markdown, CancellationToken cancellationToken)
    {
        var conversation = conversations.Of(repository, wish.PullRequest!.Value);
        var mark = CommentMark.OfTarget(wish.Target);
        var there = known is null
            ? await conversation.FindAsync(mark, wish.CreatedAt - ClocksDiffer, cancellationToken)
            : new CommentId(known.CommentId);
        return there is { } place && await conversation.EditAsync(place, markdown, mark, cancellationToken)
            ? place
            : await conversation.SayAsync(markdown, mark, cancellationToken);
    }

    private Task<int> RememberAsync(
        RepositoryId id, PullRequestNumber number, TargetName target, CommentId placed, string memo, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into pull_request_comments (repository_id, pull_request, target, comment_id, memo)
             values ({id.Value}, {number.Value}, {target.Value}, {placed.Value}, {memo})
             on conflict (repository_id, pull_request, target) do update set comment_id = excluded.comment_id, memo = excluded.memo
             """,
            cancellationToken);

    private static string MemoOf(string markdown) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(markdown)));
}
