using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Cancelling;

internal sealed class Cancellations(DeliverybotContext db, WishWriter writer, TimeProvider time)
{
    public async Task<ActResult> CancelAsync(Actor actor, DeploymentId id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == actor.Repository, cancellationToken);
        return wish switch
        {
            null => Nothing(ActEnd.Unknown, $"There is no deployment {id} here."),
            _ when await EndAsync(wish, actor.By, cancellationToken) => Cancelled(wish, actor.By),
            _ => NotWaiting(wish),
        };
    }

    /// <summary>Ends what a pull request has waiting for a target.</summary>
    public async Task<ActResult> CancelAsync(Actor actor, PullRequestNumber pullRequest, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.Where(row => row.RepositoryId == actor.Repository && row.PullRequest == pullRequest && row.Target == target);
        var newest = await wishes.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        Deployment? ended = null;
        foreach (var wish in await wishes.Where(row => row.State == DeploymentState.Waiting).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            if (await EndAsync(wish, actor.By, cancellationToken))
            {
                ended = wish;
            }
        }

        return (ended, newest) switch
        {
            ({ } wish, _) => Cancelled(wish, actor.By),
            (_, { } last) => NotWaiting(last),
            _ => Nothing(ActEnd.Unknown, $"Pull request {pullRequest} has nothing that waits for {target}."),
        };
    }

    private static ActResult Cancelled(Deployment wish, GitHubUser by) =>
        ActResult.Because(ActEnd.Done, $"What waited for {wish.Target} doesn't any more", $"Cancelled by {by}.") with { Deployment = wish.Id };

    private ActResult NotWaiting(Deployment wish) =>
        Nothing(ActEnd.Refused, $"{wish.Sha.Short} doesn't wait for {wish.Environment} any more: it {StateOf(wish)}.") with { Deployment = wish.Id, Hints = [new ActHint.Next(StepAfter(wish))] };

    private static Sentence StepAfter(Deployment wish) => wish switch
    {
        { HasFailed: true } => $"Deploy it again where that is wanted.",
        _ when wish.State is DeploymentState.Success || wish.State.IsActive() => $"To take it back, roll {wish.Environment} back.",
        _ => $"Nothing of it is left to cancel.",
    };

    private static ActResult Nothing(ActEnd end, Sentence why) => new(end, $"Nothing was cancelled", why);

    private string StateOf(Deployment wish) => wish.State.IsUndeployed()
        ? $"was {StateWords.Label(wish.State, wish.AwaitsApproval, isSilent: false)}"
        : $"{StateWords.Verb(wish, time.GetUtcNow())} {wish.Environment}";

    private async Task<bool> EndAsync(Deployment wish, GitHubUser by, CancellationToken cancellationToken)
    {
        using var awaited = await Turn.AwaitAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        await db.Entry(wish).ReloadAsync(cancellationToken);
        if (wish.State != DeploymentState.Waiting)
        {
            return false;
        }

        var waitedFor = wish.Reason ?? Sentence.Empty;
        await writer.EndAsync(turn, wish, decision: null, DeploymentState.Cancelled, $"Cancelled by {by}.", cancellationToken);
        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = wish.RepositoryId,
            At = time.GetUtcNow(),
            Actor = by,
            Act = ActivityKind.Cancelled,
            Environment = wish.Environment,
            DeploymentId = wish.Id,
            Sha = wish.Sha,
            Detail = waitedFor,
        });
        await db.SaveChangesAsync(cancellationToken);
        scope.Complete();
        return true;
    }
}
