using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Rollbacks;

/// <summary>
/// A person takes an environment back to what was live there before. It is a deployment like any other, of that commit and with that
/// payload; what keeps order doesn't stop it, somebody else's lock does. A hold stays, so that the next push doesn't undo it.
/// </summary>
internal sealed class EnvironmentRollbacks(DeliverybotContext db, RollbackPlaces places, EarlierDeployments history, ManualWishes wishes)
{
    /// <summary>The caller has made sure that the person may write to the repository, and that the repository is known here.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="github">The person's own access; for a command in a pull request the App's.</param>
    /// <param name="cancellationToken">Ends it only before it is written down.</param>
    public async Task<RollbackOutcome> RollBackAsync(RollbackRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindAsync(request, cancellationToken) is { } begun)
            {
                return Told(await wishes.CarryOutAsync(begun, detail: "", github), begun.Environment, begun.Sha);
            }

            return await places.FindAsync(request.RepositoryId, request.Place, github, cancellationToken) switch
            {
                RollbackPlace.At at => await RollBackAsync(request, at, github, cancellationToken),
                RollbackPlace.Unknown(var reason) => new RollbackOutcome.Unknown(reason),
                var other => throw new InvalidOperationException($"A place that is {other} has no meaning here."),
            };
        }
        catch (RetryLaterException later)
        {
            return new RollbackOutcome.Unavailable(later.Reason);
        }
    }

    private async Task<RollbackOutcome> RollBackAsync(
        RollbackRequest request, RollbackPlace.At at, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await history.LiveAsync(request.RepositoryId, at.Environment, at.Target.Name, cancellationToken) is not { } live)
        {
            return new RollbackOutcome.NothingBefore($"Nothing is live in {at.Environment}.");
        }

        if (await history.BeforeAsync(live, at.Target.Name, cancellationToken) is not { } earlier)
        {
            return new RollbackOutcome.NothingBefore($"Nothing was live in {at.Environment} before {live.Sha.Short}.");
        }

        return await EarlierPayloads.ReadAsync(earlier, github, cancellationToken) switch
        {
            RenderedWish.Whole whole => Told(
                await wishes.CarryOutAsync(
                    WishOf(request, at, earlier, whole, github.Name), $"Back from {live.Sha.Short}.", github, cancellationToken),
                at.Environment,
                earlier.Sha),
            RenderedWish.Broken(var reason) => new RollbackOutcome.NothingBefore(reason),
            var other => throw new InvalidOperationException($"A payload that is {other} has no meaning here."),
        };
    }

    /// <summary>A command that was processed before, and was cut off: going back once more would go too far.</summary>
    private async Task<Deployment?> FindAsync(RollbackRequest request, CancellationToken cancellationToken) => request.Delivery is { } delivery
        ? await db.Deployments.FirstOrDefaultAsync(row => row.DeliveryGuid == delivery && row.Trigger == DeploymentTrigger.Rollback, cancellationToken)
        : null;

    private static NewWish WishOf(
        RollbackRequest request, RollbackPlace.At at, Deployment earlier, RenderedWish.Whole whole, RepositoryName repository) => new()
        {
            RepositoryId = request.RepositoryId,
            Repository = repository,
            Target = at.Target,
            Ref = null,
            Sha = earlier.Sha,
            Trigger = DeploymentTrigger.Rollback,
            RequestedBy = request.By,
            PullRequest = request.PullRequest,
            Delivery = request.Delivery,
            Task = earlier.Task,
            Repeats = new Repetition(earlier.Id, whole),
        };

    private static RollbackOutcome Told(ManualOutcome outcome, EnvironmentName environment, CommitSha to) => outcome switch
    {
        ManualOutcome.Deployed(var id) => new RollbackOutcome.UnderWay(id, environment, to),
        ManualOutcome.Refused refused => new RollbackOutcome.Refused(refused.Id, refused.Reason, refused.Gate),
        ManualOutcome.Unknown(var reason) => new RollbackOutcome.Unknown(reason),
        ManualOutcome.Unsure(_, var reason) => new RollbackOutcome.Unavailable(reason),
        ManualOutcome.Unavailable(var reason) => new RollbackOutcome.Unavailable(reason),
        _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
    };
}
