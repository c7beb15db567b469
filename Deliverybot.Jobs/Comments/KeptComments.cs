using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Data.PullRequests;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Comments;

/// <summary>Comments that are edited in place, one of each kind in a pull request. One that was deleted is made again.</summary>
internal sealed class KeptComments(DeliverybotContext db, Conversations conversations, TimeProvider time)
{
    /// <summary>One writes at a time, and finds out what to write only then: so an older text never overwrites a newer one.</summary>
    public Task<AdvisoryLock> TakeToWriteAsync(RepositoryId repository, PullRequestNumber number, CommentKind kind, CancellationToken cancellationToken) =>
        AdvisoryLock.TakeAsync(db, repository, $"comment on {number}: {kind}", cancellationToken);

    public Task<PullRequestComment?> FindAsync(RepositoryId repository, PullRequestNumber number, CommentKind kind, CancellationToken cancellationToken) =>
        db.PullRequestComments.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == repository && row.PullRequest == number && row.Target == kind.Stored, cancellationToken);

    /// <summary>Writes the text, unless it stands there already. Called by whoever has taken it to write.</summary>
    /// <param name="kind">What it tells of.</param>
    /// <param name="markdown">What it is to say.</param>
    /// <param name="since">It can't have been made before this.</param>
    /// <param name="onlyEdits">It is news only where it has been told of before: where there is no comment, none is made.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there; the next attempt finds it.</exception>
    /// <returns>Whether it stands there; not where GitHub refuses, nor where there is none to edit.</returns>
    public async Task<bool> KeepAsync(
        Repository repository, PullRequestNumber number, CommentKind kind, string markdown, DateTimeOffset since, CancellationToken cancellationToken, bool onlyEdits = false)
    {
        var memo = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(markdown)));
        var known = await FindAsync(repository.Id, number, kind, cancellationToken);
        if (known?.Memo == memo)
        {
            return true;
        }

        var conversation = conversations.Of(repository, number);
        var there = known is null
            ? await conversation.FindAsync(kind.Mark, since, cancellationToken)
            : new CommentSearch.Found(new CommentId(known.CommentId));
        CommentId? placed = there is CommentSearch.Found { Id: var place } && await conversation.EditAsync(place, markdown, kind.Mark, cancellationToken) ? place
            : there is CommentSearch.Refused || onlyEdits ? null
            : await conversation.SayAsync(markdown, kind.Mark, cancellationToken);

        // Where GitHub refuses, it is tried again with the next change.
        if (placed is { } comment)
        {
            await RememberAsync(repository.Id, number, kind, comment, memo, cancellationToken);
        }

        return placed is not null;
    }

    private Task<int> RememberAsync(
        RepositoryId repository, PullRequestNumber number, CommentKind kind, CommentId comment, string memo, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into pull_request_comments (repository_id, pull_request, target, comment_id, memo, told_at)
             values ({repository.Value}, {number.Value}, {kind.Stored.Value}, {comment.Value}, {memo}, {time.GetUtcNow()})
             on conflict (repository_id, pull_request, target) do update set comment_id = excluded.comment_id, memo = excluded.memo, told_at = excluded.told_at
             """,
            cancellationToken);
}
