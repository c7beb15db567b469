using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>
/// An event may come after those of newer commits. Its wish is dated before theirs, so that "newer" keeps meaning the order of the
/// branch and not the order of arrival. This is rare, so GitHub may be asked.
/// </summary>
internal sealed class LateEvents(DeliverybotContext db)
{
    private const int MostWishes = 100;

    /// <summary>PostgreSQL keeps times as exactly as this. Two wishes of one time are in the order of their rows.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMicroseconds(1);

    /// <returns>Just before the first wish whose commit contains this one; null where there is none.</returns>
    public async Task<DateTimeOffset?> TimeOfAsync(
        RepositoryId repository, GitRef branch, CommitSha sha, RepositoryClient github, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments.AsNoTracking()
            .Where(wish => wish.RepositoryId == repository && wish.Ref == branch && wish.Sha != sha)
            .Where(wish => wish.Trigger == DeploymentTrigger.Push || wish.Trigger == DeploymentTrigger.PullRequest || wish.Trigger == DeploymentTrigger.Pipeline)
            .OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id)
            .Select(wish => new { wish.Sha, wish.CreatedAt })
            .Take(MostWishes)
            .ToListAsync(cancellationToken);
        DateTimeOffset? first = null;
        foreach (var commit in wishes.GroupBy(wish => wish.Sha))
        {
            if (!await DroppedCommits.IsInAsync(commit.Key, sha, github, cancellationToken))
            {
                break;
            }

            first = commit.Min(wish => wish.CreatedAt) - Before;
        }

        return first;
    }
}
