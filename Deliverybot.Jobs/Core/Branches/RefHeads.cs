using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Branches;

/// <summary>
/// Follows the branches by what events tell, which costs no call. An event that doesn't begin where we think the branch is
/// (one came late, or was lost) makes us ask GitHub once.
/// </summary>
internal sealed class RefHeads(DeliverybotContext db, TimeProvider time)
{
    /// <summary>What was heard longer ago isn't relied on: the push that says otherwise may have been lost.</summary>
    private static readonly TimeSpan Relied = TimeSpan.FromMinutes(10);

    /// <param name="before">Where it was; null: it is new.</param>
    /// <param name="after">Where it is; null: it was deleted.</param>
    /// <param name="github">Asked where the event doesn't fit.</param>
    public async Task<HeadMove> MoveAsync(
        RepositoryId repository, GitRef branch, CommitSha? before, CommitSha? after, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await FollowAsync(repository, branch, before, after, cancellationToken))
        {
            return new HeadMove(after, Asked: false);
        }

        return await HearAgainAsync(repository, branch, after, cancellationToken)
            ? new HeadMove(after, Asked: false, WasKnown: true)
            : new HeadMove(await AskAsync(repository, branch, github, cancellationToken), Asked: true);
    }

    /// <summary>Where the branch is, by what events told; GitHub is asked about a branch of which none did.</summary>
    public async Task<CommitSha?> HeadAsync(RepositoryId repository, GitRef branch, RepositoryClient github, CancellationToken cancellationToken)
    {
        var known = await db.RefHeads.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Ref == branch)
            .Select(row => new { row.Sha })
            .SingleOrDefaultAsync(cancellationToken);
        return known is null ? await github.Refs.HeadAsync(branch, cancellationToken) : known.Sha;
    }

    /// <summary>Asks GitHub where the branch of an old wish points, if nothing has been heard of that lately either.</summary>
    /// <returns>Whether GitHub was asked.</returns>
    public async Task<bool> RefreshAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - Relied;
        if (wish.Ref is not { IsBranch: true } name || wish.CreatedAt > old)
        {
            return false;
        }

        var seenAt = await db.RefHeads
            .Where(row => row.RepositoryId == wish.RepositoryId && row.Ref == name)
            .Select(row => (DateTimeOffset?)row.SeenAt)
            .SingleOrDefaultAsync(cancellationToken);
        if (seenAt > old)
        {
            return false;
        }

        var asked = time.GetUtcNow();
        var head = await AskAsync(wish.RepositoryId, name, github, cancellationToken);
        if (seenAt is null && head is { } first)
        {
            await SeeAsync(wish.RepositoryId, name, first, asked, cancellationToken);
        }

        return true;
    }

    /// <summary>Asks GitHub where a branch is.</summary>
    public async Task<CommitSha?> AskAsync(RepositoryId repository, GitRef name, RepositoryClient github, CancellationToken cancellationToken)
    {
        var known = await db.RefHeads.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Ref == name)
            .Select(row => new { row.Sha })
            .SingleOrDefaultAsync(cancellationToken);
        var asked = time.GetUtcNow();
        var head = await github.Refs.HeadAsync(name, cancellationToken);
        await CorrectAsync(repository, name, known?.Sha, head, asked, cancellationToken);
        return head;
    }

    /// <summary>Writes down what GitHub says of a branch. A push that was handled meanwhile knows better and is left.</summary>
    /// <param name="thought">Where it was thought to be.</param>
    /// <param name="head">Where it is; null: it is gone.</param>
    /// <param name="asked">When GitHub was asked.</param>
    public async Task CorrectAsync(
        RepositoryId repository, GitRef name, CommitSha? thought, CommitSha? head, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.RefHeads
            .Where(row => row.RepositoryId == repository && row.Ref == name && row.Sha == thought && row.SeenAt <= asked)
            .ExecuteUpdateAsync(row => row.SetProperty(moved => moved.Sha, head).SetProperty(moved => moved.SeenAt, now), cancellationToken);
    }

    /// <summary>
    /// Writes down that this commit was named as where a branch or tag stands. A push that was handled meanwhile knows better and is left.
    /// Of a tag it is used for two things: that a branch which is called so is named in full, and that what a person deploys is named by it.
    /// </summary>
    /// <param name="head">Where it is.</param>
    /// <param name="asked">When GitHub was asked.</param>
    public Task SeeAsync(RepositoryId repository, GitRef name, CommitSha head, DateTimeOffset asked, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into ref_heads (repository_id, ref, sha, seen_at) values ({repository.Value}, {name.Value}, {head.Value}, {time.GetUtcNow()})
             on conflict (repository_id, ref) do update set sha = excluded.sha, seen_at = excluded.seen_at
             where ref_heads.seen_at <= {asked}
             """,
            cancellationToken);

    /// <summary>Writes down where an event left a tag; null: it was deleted. Tags may come and go by the thousand, so that one is forgotten.</summary>
    public Task SeeTagAsync(RepositoryId repository, GitRef tag, CommitSha? at, CancellationToken cancellationToken) => at is { } sha
        ? SeeAsync(repository, tag, sha, time.GetUtcNow(), cancellationToken)
        : db.RefHeads.Where(row => row.RepositoryId == repository && row.Ref == tag).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Takes the step from <c>before</c> to <c>after</c>, if the branch is where the event began; a new branch begins here.</summary>
    private async Task<bool> FollowAsync(
        RepositoryId repository, GitRef branch, CommitSha? before, CommitSha? after, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into ref_heads (repository_id, ref, sha, seen_at) values ({repository.Value}, {branch.Value}, {after?.Value}, {time.GetUtcNow()})
             on conflict (repository_id, ref) do update set sha = excluded.sha, seen_at = excluded.seen_at
             where ref_heads.sha is not distinct from {before?.Value}
             """,
            cancellationToken) == 1;

    /// <summary>Whether the branch is where the event ended already.</summary>
    private async Task<bool> HearAgainAsync(RepositoryId repository, GitRef branch, CommitSha? after, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.RefHeads
            .Where(row => row.RepositoryId == repository && row.Ref == branch && row.Sha == after)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.SeenAt, now), cancellationToken) == 1;
    }
}

/// <summary>Where a branch is after an event told of it.</summary>
/// <param name="Head">Null: the branch is gone.</param>
/// <param name="Asked">The event didn't begin where the branch was, so GitHub was asked: others may have come between.</param>
/// <param name="WasKnown">The branch was known to be there before the event told: GitHub had said so meanwhile, or another event.</param>
internal readonly record struct HeadMove(CommitSha? Head, bool Asked, bool WasKnown = false)
{
    /// <summary>Whether an event that brought this commit came late: the branch has moved on since.</summary>
    public bool IsPast(CommitSha sha) => Asked && Head != sha;
}
