using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Cancelling;

internal sealed class Cancellations(DeliverybotContext db, WishRights rights, WishWriter writer, TimeProvider time)
{
    private const int MostNamed = 5;

    public Task<ActResult> CancelAsync(Actor actor, DeploymentId id, CancellationToken cancellationToken) =>
        UnlessUnavailableAsync(() => OneAsync(actor, id, cancellationToken));

    /// <summary>Ends what a pull request has waiting for a target.</summary>
    public Task<ActResult> CancelAsync(Actor actor, PullRequestNumber pullRequest, TargetName target, CancellationToken cancellationToken) =>
        UnlessUnavailableAsync(() => AllAsync(actor, pullRequest, target, cancellationToken));

    /// <summary>
    /// Ends what waits for a target; where that has several environments, one of them has to be named, for what waits in the others is
    /// somebody else's.
    /// </summary>
    /// <param name="named">A target, or an environment.</param>
    public Task<ActResult> CancelAsync(Actor actor, string named, CancellationToken cancellationToken) =>
        UnlessUnavailableAsync(() => NamedAsync(actor, named, cancellationToken));

    private async Task<ActResult> OneAsync(Actor actor, DeploymentId id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == actor.Repository, cancellationToken);
        return wish switch
        {
            null => Nothing(ActEnd.Unknown, $"There is no deployment {id} here."),
            _ when await rights.RefusalAsync(wish, actor.By, cancellationToken) is { } refusal => NotAllowed(refusal),
            _ when await EndAsync(wish, actor.By, cancellationToken) => Cancelled(wish, actor.By),
            _ => NotWaiting(wish),
        };
    }

    /// <summary>What ends with it; nothing is done.</summary>
    /// <returns>Null for what doesn't wait: the act says why nothing is cancelled.</returns>
    public async Task<Sentence?> PreviewAsync(RepositoryId repository, DeploymentId id, CancellationToken cancellationToken) =>
        await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository, cancellationToken) is { State: DeploymentState.Waiting } wish
            ? Sentence.Join(
            [
                $"{wish.Sha.Short} doesn't go to {wish.Environment} by itself any more.",
                wish.Reason is { IsEmpty: false } reason ? (Sentence)$"It waits now: {reason}" : Sentence.Empty,
            ])
            : null;

    private async Task<ActResult> NamedAsync(Actor actor, string named, CancellationToken cancellationToken)
    {
        var (target, key) = (new TargetName(named), new EnvironmentName(named).Key);
        var here = db.Deployments.Where(row => row.RepositoryId == actor.Repository && (row.Target == target || row.EnvironmentKey == key));
        var waiting = await here.Where(row => row.State == DeploymentState.Waiting).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var environments = waiting.Select(row => row.Environment).DistinctBy(name => name.Key).ToList();
        if (environments.Count > 1)
        {
            return Nothing(ActEnd.Refused, $"{named} waits in {environments.Count} environments: {string.Join(", ", environments.Take(MostNamed))}{(environments.Count > MostNamed ? " and more" : "")}.") with
            {
                Hints = [new ActHint.Next($"Name the environment instead.")],
            };
        }

        var newest = waiting is [] ? await here.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken) : null;
        return await CancelAsync(actor, waiting, newest, $"Nothing waits for {named}.", cancellationToken);
    }

    private async Task<ActResult> AllAsync(Actor actor, PullRequestNumber pullRequest, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.Where(row => row.RepositoryId == actor.Repository && row.PullRequest == pullRequest && row.Target == target);
        var newest = await wishes.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return await CancelAsync(
            actor,
            await wishes.Where(row => row.State == DeploymentState.Waiting).OrderBy(row => row.Id).ToListAsync(cancellationToken),
            newest,
            $"Pull request {pullRequest} has nothing that waits for {target}.",
            cancellationToken);
    }

    /// <param name="newest">What is said of it where none of them waits any more.</param>
    /// <param name="none">What is said where there never was any.</param>
    private async Task<ActResult> CancelAsync(Actor actor, List<Deployment> waiting, Deployment? newest, Sentence none, CancellationToken cancellationToken)
    {
        // Of all, before any is ended: an environment may have wishes of several targets.
        foreach (var wish in waiting)
        {
            if (await rights.RefusalAsync(wish, actor.By, cancellationToken) is { } refusal)
            {
                return NotAllowed(refusal);
            }
        }

        Deployment? ended = null;
        foreach (var wish in waiting)
        {
            if (await EndAsync(wish, actor.By, cancellationToken))
            {
                ended = wish;
            }
        }

        return (ended, newest ?? waiting.LastOrDefault()) switch
        {
            ({ } wish, _) => Cancelled(wish, actor.By),
            (_, { } last) => NotWaiting(last),
            _ => Nothing(ActEnd.Unknown, none),
        };
    }

    /// <summary>GitHub is asked only where the target says who may.</summary>
    private static async Task<ActResult> UnlessUnavailableAsync(Func<Task<ActResult>> act)
    {
        try
        {
            return await act();
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"Nothing was cancelled: GitHub can't be used now", later.Reason);
        }
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

    private static ActResult NotAllowed(Sentence why) => Nothing(ActEnd.NotAllowed, why) with { Hints = [PersonsHint.AskSomebody] };

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
            Detail = waitedFor.IsEmpty ? waitedFor : (Sentence)$"It waited: {waitedFor}",
        });
        await db.SaveChangesAsync(cancellationToken);
        scope.Complete();
        return true;
    }
}
