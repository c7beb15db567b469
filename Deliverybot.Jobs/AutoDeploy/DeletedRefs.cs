using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Branches;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>
/// Ends what waits for a branch or tag that was deleted. The deletion may be told after the name has come back, even at the same
/// commit, so that GitHub is asked before anything is ended; where nothing waits, that isn't worth a call.
/// </summary>
internal sealed class DeletedRefs(DeliverybotContext db, RefHeads heads, WaitingWishes waiting)
{
    /// <param name="repository">Whose branch or tag it is.</param>
    /// <param name="name">The branch or tag.</param>
    /// <param name="move">What is known of it after the deletion was told.</param>
    /// <param name="github">Asked where something waits, unless it was already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known of it now.</returns>
    public async Task<HeadMove> EndAsync(
        RepositoryId repository, GitRef name, HeadMove move, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (!move.Asked && await db.Deployments.AnyAsync(
            wish => wish.RepositoryId == repository && wish.Ref == name && wish.State == DeploymentState.Waiting, cancellationToken))
        {
            move = new HeadMove(await heads.AskAsync(repository, name, github, cancellationToken), Asked: true);
        }

        if (move.Head is null)
        {
            await waiting.CancelAsync(repository, name, $"{name.ShortName} was deleted.", cancellationToken);
        }

        return move;
    }
}
