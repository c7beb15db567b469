using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
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

/// <summary>
/// A push that ends where its branch is known to be is either the first to tell so, or it is told once more. Once more it brings nothing
/// about: another branch's commit may have gone to the same target since.
/// </summary>
internal sealed class HeardBefore(DeliverybotContext db)
{
    /// <summary>
    /// Whether another delivery has made the same wish, and the branch has had no other commit since. A wish whose commit GitHub deployed
    /// in the place of an earlier one is the earlier commit's: <see cref="DeployedInPlace"/> knows what that means for this one.
    /// </summary>
    public Task<bool> IncludesAsync(AutoDeployEvent happened, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.Where(wish => wish.RepositoryId == happened.Repository.Id && wish.Ref == happened.Ref);
        return wishes
            .Where(wish => wish.Target == target && wish.Sha == happened.Sha && wish.Cause == happened.Cause)
            .Where(wish => wish.DeliveryGuid != null && wish.DeliveryGuid != happened.Delivery && wish.InPlaceOf == null)
            .AnyAsync(wish => !wishes.Any(later => later.Sha != wish.Sha && later.Id > wish.Id), cancellationToken);
    }
}

/// <summary>
/// While an earlier commit was thought to be the head, GitHub may have deployed a newer one in its place, of which no event had told
/// yet. When that one's own event comes, it isn't deployed once more, whatever has become of it since.
/// </summary>
internal sealed class DeployedInPlace(DeliverybotContext db, WishWriter writer)
{
    /// <summary>Ends the wish, if its commit went out so.</summary>
    public async Task EndAsync(Deployment wish, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish.State == DeploymentState.Waiting && await WentOutAsync(wish, cancellationToken))
        {
            wish.Gate = GateNames.AlreadyThere;
            Sentence why = $"{wish.Sha.Short} was deployed to {wish.Environment} already, in the place of an earlier commit.";
            await writer.EndAsync(turn, wish, decision: null, DeploymentState.Superseded, why, cancellationToken);
        }
    }

    /// <summary>
    /// In the place of an earlier commit, and nothing else has gone there since: a branch may come back to a commit. What the gates refused
    /// when GitHub had made it doesn't count: that still has its turn.
    /// </summary>
    private async Task<bool> WentOutAsync(Deployment wish, CancellationToken cancellationToken)
    {
        var there = db.Deployments.Where(row => row.RepositoryId == wish.RepositoryId && row.EnvironmentKey == wish.EnvironmentKey && row.GitHubId != null);
        var decisions = await there
            .Where(row => row.Sha == wish.Sha && row.Ref == wish.Ref && row.Target == wish.Target && row.Task == wish.Task)
            .Where(row => row.Id < wish.Id && row.InPlaceOf != null)
            .Where(row => !there.Any(later => later.Sha != row.Sha && later.GitHubId > row.GitHubId))
            .Select(row => row.Evaluations.OrderByDescending(decision => decision.Id).Select(decision => decision.Verdicts).FirstOrDefault())
            .ToListAsync(cancellationToken);
        return decisions.Exists(verdicts => verdicts is not null && verdicts.All(verdict => verdict.Outcome == GateOutcome.Pass));
    }
}
