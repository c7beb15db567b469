using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

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
