using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Core;

/// <summary>Attempts that GitHub has not answered, and whose deployments nobody wants any more.</summary>
internal sealed class AbandonedAttempts(DeliverybotContext db, DeploymentEvaluator evaluator, WishWriter writer, TimeProvider time)
{
    /// <summary>What GitHub has made is adopted, else the attempt ends.</summary>
    /// <returns>False where GitHub may still be working on it: its event finds the row then.</returns>
    public async Task<bool> EndAsync(Deployment attempt, Sentence reason, RepositoryClient github, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, attempt, cancellationToken);
        if (attempt.State != DeploymentState.Creating)
        {
            return true;
        }

        if (await DeploymentCreator.FindAsync(attempt, github, cancellationToken) is { } found)
        {
            await evaluator.AdoptAsync(turn, attempt, found, github, mayDeploy: false, cancellationToken);
            return true;
        }

        var isSure = !attempt.MayStillBeMade(time.GetUtcNow());

        // What a gate had held was never sent: only a row without a gate is taken for one that GitHub may have made after all.
        attempt.Gate = null;
        await writer.EndAsync(turn, attempt, decision: null, DeploymentState.Cancelled, reason, cancellationToken);
        return isSure;
    }
}
