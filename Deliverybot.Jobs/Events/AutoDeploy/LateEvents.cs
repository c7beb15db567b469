using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// An event may come after those of newer commits. Its wish is dated before theirs, so that "newer" keeps meaning the order of the
/// branch and not the order of arrival. This is rare, so GitHub may be asked.
/// </summary>
internal sealed class LateEvents(DeliverybotContext db)
{
    private const int MostWishes = 100;

    /// <summary>PostgreSQL keeps times as exactly as this. Two wishes of one time are in the order of their rows.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMicroseconds(1);

    private readonly Dictionary<(CommitSha, CommitSha), bool> _contained = [];

    /// <summary>
    /// Each target has an order of its own: where GitHub deployed a newer commit in the place of an earlier one, the other targets still
    /// have that one.
    /// </summary>
    /// <returns>Just before the target's first wish whose commit contains this one; null where there is none.</returns>
    public async Task<DateTimeOffset?> TimeOfAsync(
        RepositoryId repository, GitRef branch, TargetName target, CommitSha sha, RepositoryClient github, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments.AsNoTracking()
            .Where(wish => wish.RepositoryId == repository && wish.Ref == branch && wish.Target == target && wish.Sha != sha)
            .Where(wish => wish.Cause == DeploymentCause.Push || wish.Cause == DeploymentCause.PullRequest || wish.Cause == DeploymentCause.Pipeline)
            .OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id)
            .Select(wish => new { wish.Sha, wish.CreatedAt })
            .Take(MostWishes)
            .ToListAsync(cancellationToken);
        DateTimeOffset? first = null;
        foreach (var commit in wishes.GroupBy(wish => wish.Sha))
        {
            if (!await IsInAsync(commit.Key, sha, github, cancellationToken))
            {
                break;
            }

            first = commit.Min(wish => wish.CreatedAt) - Before;
        }

        return first;
    }

    private async Task<bool> IsInAsync(CommitSha head, CommitSha sha, RepositoryClient github, CancellationToken cancellationToken) =>
        _contained.TryGetValue((head, sha), out var known)
            ? known
            : _contained[(head, sha)] = await github.Commits.ContainsAsync(head, sha, cancellationToken);
}
