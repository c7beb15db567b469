using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// Ends the wishes for commits that a branch or tag has left, whatever they wait for. Where the branch was set back nothing newer takes their
/// place, so that this is said; where it goes on elsewhere, wishes for heads alone (<c>only_latest</c>) end by themselves, as something newer does.
/// </summary>
internal sealed class DroppedCommits(DeliverybotContext db, WaitingWishes waiting)
{
    /// <summary>A branch was pushed by force, or we have missed how it moved.</summary>
    public async Task EndAsync(RepositoryId repository, GitRef branch, CommitSha head, RepositoryClient github, CancellationToken cancellationToken)
    {
        var wishes = await LeftBehindAsync(repository, branch, head, cancellationToken);
        foreach (var commit in wishes.GroupBy(wish => wish.Sha))
        {
            switch (await github.Commits.CompareAsync(head, commit.Key, cancellationToken))
            {
                case { Status: ComparisonStatus.Behind or ComparisonStatus.Identical }:
                    break;
                case { Status: ComparisonStatus.Ahead }:
                    await waiting.CancelAsync(
                        commit, $"{commit.Key.Short} is not part of {branch.ShortName} any more, which was set back to {head.Short}.", cancellationToken);
                    break;
                default:
                    await waiting.CancelAsync(
                        commit.Where(wish => !TargetJson.Read(wish.TargetDefinition!).OnlyLatest), $"{commit.Key.Short} is no longer part of {branch.ShortName}.", cancellationToken);
                    break;
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
