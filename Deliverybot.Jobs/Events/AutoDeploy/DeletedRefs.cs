using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// Ends what waits for a branch or tag that was deleted, and its transient environments with what keeps them. The deletion may be told after the name has come
/// back, even at the same commit, so that GitHub is asked before anything is ended; where there is nothing, that isn't worth a call.
/// </summary>
internal sealed class DeletedRefs(
    DeliverybotContext db, RefHeads heads, WaitingWishes waiting, TransientEnvironments environments, PreviewLocks previewLocks)
{
    /// <param name="move">What is known of it after the deletion was told.</param>
    /// <param name="by">Who deleted it.</param>
    /// <param name="github">Asked where there is something to end, unless it was already.</param>
    /// <returns>What is known of it now.</returns>
    public async Task<HeadMove> EndAsync(
        RepositoryId repository, GitRef name, HeadMove move, GitHubUser by, RepositoryClient github, CancellationToken cancellationToken)
    {
        var waits = await db.Deployments.AnyAsync(
            wish => wish.RepositoryId == repository && wish.Ref == name && wish.State == DeploymentState.Waiting, cancellationToken);
        var lives = await environments.HasAnyAsync(repository, name, cancellationToken);
        if (!move.Asked && (waits || lives))
        {
            move = new HeadMove(await heads.AskAsync(repository, name, github, cancellationToken), Asked: true);
        }

        if (move.Head is null && (waits || lives))
        {
            Sentence reason = $"{name.ShortName} was deleted.";
            await waiting.CancelAsync(repository, name, reason, cancellationToken);
            await environments.EndAsync(repository, name, reason, github, cancellationToken);
            await previewLocks.EndAsync(repository, environments.RowsOf(repository, name), by, reason, cancellationToken);
        }

        return move;
    }
}
