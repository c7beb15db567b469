using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>A failed attempt beside what runs in its environment.</summary>
/// <param name="Ref">The branch or tag that what runs there was wished for.</param>
/// <param name="Wished">When that was.</param>
/// <param name="Head">Where that branch is.</param>
internal sealed record FailedBeside(Deployment Failed, GitRef? Ref, CommitSha Sha, DateTimeOffset Wished, CommitSha? Head)
{
    /// <summary>The branch of both is where what runs there is, so that the other commit is older, or was left.</summary>
    public bool MayBeLeft => IsOfOneBranch && Head == Sha;

    /// <summary>The branch of both has gone on from either: it may have been set back in between.</summary>
    public bool MayHaveBeenLeft => IsOfOneBranch && Head != Sha;

    private bool IsOfOneBranch => Failed.Ref is { IsBranch: true } branch && branch == Ref && Failed.Sha != Sha;
}

/// <summary>
/// Which failures leave nothing to be mended: the commit was the head of its branch after what runs there, and that is the head now, or was
/// once more since. So it is where a branch was set back, whatever was pushed to it then. What a person deploys may be any commit: whether it ever was the head, an event's wish for it says.
/// </summary>
internal static class LeftAttempts
{
    public static async Task<IReadOnlySet<DeploymentId>> AmongAsync(
        DeliverybotContext db, IEnumerable<FailedBeside> failures, CancellationToken cancellationToken)
    {
        var all = failures.ToList();
        var left = await SetBackAsync(db, all, cancellationToken);
        var now = all.Where(failure => failure.MayBeLeft).ToLookup(failure => failure.Failed.Cause.IsAutomatic());
        left.UnionWith(now[true].Select(failure => failure.Failed.Id));
        if (now[false].ToList() is not [_, ..] asked)
        {
            return left;
        }

        var repositories = asked.Select(failure => failure.Failed.RepositoryId).Distinct().ToList();
        var commits = asked.Select(failure => failure.Failed.Sha).Distinct().ToList();
        var pushed = await db.Deployments.AsNoTracking()
            .Where(row => repositories.Contains(row.RepositoryId) && commits.Contains(row.Sha))
            .Where(DeploymentCauses.AutomaticRows)
            .Select(row => new { row.RepositoryId, row.Sha, row.Ref, row.CreatedAt })
            .ToListAsync(cancellationToken);
        left.UnionWith(asked
            .Where(failure => pushed.Exists(row => row.RepositoryId == failure.Failed.RepositoryId && row.Sha == failure.Failed.Sha
                && row.Ref == failure.Failed.Ref && row.CreatedAt > failure.Wished))
            .Select(failure => failure.Failed.Id));
        return left;
    }

    /// <summary>A push that told of what runs there once more, after the failure, has set the branch back to it.</summary>
    private static async Task<HashSet<DeploymentId>> SetBackAsync(DeliverybotContext db, IReadOnlyList<FailedBeside> failures, CancellationToken cancellationToken)
    {
        if (failures.Where(failure => failure.MayHaveBeenLeft).ToList() is not [_, ..] asked)
        {
            return [];
        }

        var repositories = asked.Select(failure => failure.Failed.RepositoryId).Distinct().ToList();
        var running = asked.Select(failure => failure.Sha).Distinct().ToList();
        var told = await db.Deployments.AsNoTracking()
            .Where(row => repositories.Contains(row.RepositoryId) && running.Contains(row.Sha) && row.Cause == DeploymentCause.Push)
            .Select(row => new { row.RepositoryId, row.Sha, row.Ref, row.Id })
            .ToListAsync(cancellationToken);
        return
        [
            .. asked
                .Where(failure => told.Exists(row => row.RepositoryId == failure.Failed.RepositoryId && row.Sha == failure.Sha
                    && row.Ref == failure.Failed.Ref && row.Id > failure.Failed.Id))
                .Select(failure => failure.Failed.Id),
        ];
    }
}
