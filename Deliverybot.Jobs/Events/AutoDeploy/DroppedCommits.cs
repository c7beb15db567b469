using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// Ends the wishes for commits that a branch or tag has left, whatever they wait for. Wishes for heads alone end by themselves
/// (<c>only_latest</c>), so GitHub is asked only about older commits that may still go out.
/// </summary>
internal sealed class DroppedCommits(DeliverybotContext db, WaitingWishes waiting)
{
    /// <summary>A branch was pushed by force, or we have missed how it moved.</summary>
    public async Task EndAsync(RepositoryId repository, GitRef branch, CommitSha head, RepositoryClient github, CancellationToken cancellationToken)
    {
        var wishes = await LeftBehindAsync(repository, branch, head, cancellationToken);
        foreach (var commit in wishes.Where(wish => !TargetJson.Read(wish.TargetDefinition!).OnlyLatest).GroupBy(wish => wish.Sha))
        {
            if (!await github.Commits.ContainsAsync(head, commit.Key, cancellationToken))
            {
                await waiting.CancelAsync(commit, $"{commit.Key.Short} is no longer part of {branch.ShortName}.", cancellationToken);
            }
        }
    }

    /// <summary>A tag has one commit: if it moves, no other is meant.</summary>
    public async Task EndMovedAsync(RepositoryId repository, GitRef tag, CommitSha head, CancellationToken cancellationToken) =>
        await waiting.CancelAsync(
            await LeftBehindAsync(repository, tag, head, cancellationToken), $"{tag.ShortName} was moved to {head.Short}.", cancellationToken);

    private Task<List<Deployment>> LeftBehindAsync(RepositoryId repository, GitRef name, CommitSha head, CancellationToken cancellationToken) =>
        db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.Ref == name && wish.Sha != head && wish.State == DeploymentState.Waiting)
            .ToListAsync(cancellationToken);
}
