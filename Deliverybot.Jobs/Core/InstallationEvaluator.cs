using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Looks at a wish with the App's own access, and puts off what GitHub can't do now.</summary>
internal sealed class InstallationEvaluator(
    DeliverybotContext db,
    DeploymentEvaluator evaluator,
    KnownRepositories repositories,
    WishWriter writer,
    GitHubClients github,
    IBackgroundJobClientV2 jobs,
    TimeProvider time)
{
    /// <param name="still">Whether a wish that waits is still to be looked at when its turn has come.</param>
    public async Task EvaluateAsync(Deployment wish, Func<Deployment, bool> still, CancellationToken cancellationToken)
    {
        var known = await db.Repositories.AsNoTracking().SingleAsync(row => row.Id == wish.RepositoryId, cancellationToken);
        try
        {
            if (await repositories.ConfirmAsync(known.Id, cancellationToken) is { } repository)
            {
                await EvaluateAsync(wish, still, ClientOf(repository), cancellationToken);
            }
        }
        catch (RetryLaterException later)
        {
            await PutOffAsync(wish, ClientOf(known), later, cancellationToken);
        }
    }

    public Task EvaluateAsync(Deployment wish, RepositoryClient client, CancellationToken cancellationToken) =>
        EvaluateAsync(wish, static _ => true, client, cancellationToken);

    /// <summary>Ends the wish if it has become pointless; GitHub is not asked.</summary>
    public Task EndIfPointlessAsync(Deployment wish, CancellationToken cancellationToken) => evaluator.EndIfPointlessAsync(wish, cancellationToken);

    private async Task EvaluateAsync(Deployment wish, Func<Deployment, bool> still, RepositoryClient client, CancellationToken cancellationToken)
    {
        try
        {
            if (wish.NeedsUserToken() && wish.State == DeploymentState.Waiting)
            {
                // The person's token is gone, and the App's must not take its place.
                await writer.CancelAsync(wish, DeploymentEvaluator.Interrupted, cancellationToken);
                return;
            }

            await evaluator.EvaluateAsync(wish, still, client, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            await PutOffAsync(wish, client, later, cancellationToken);
        }
        catch (OutcomeUnknownException unknown)
        {
            LookAt(wish, client, time.GetUtcNow() + OutcomeUnknownException.LookAfter, unknown.Message);
        }
    }

    private RepositoryClient ClientOf(Repository repository) => github.Installation(repository.InstallationId).Repository(repository.FullName);

    private async Task PutOffAsync(Deployment wish, RepositoryClient client, RetryLaterException later, CancellationToken cancellationToken)
    {
        LookAt(wish, client, later.At, later.Reason);
        if (later is not TurnTakenException && wish.State == DeploymentState.Waiting && wish.LookAt <= time.GetUtcNow())
        {
            try
            {
                // Its time had come: it isn't found once more before then.
                await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
                await writer.PostponeAsync(turn, wish, later.At, cancellationToken);
            }
            catch (TurnTakenException)
            {
                // To be found once more does no harm. To change the row of somebody who is deciding does.
            }
        }
    }

    private void LookAt(Deployment wish, RepositoryClient client, DateTimeOffset at, string reason) => jobs.Create<EvaluateDeploymentJob>(
        job => job.RunAsync(client.Name.ToString(), wish.Id.Value, CancellationToken.None),
        new ScheduledState(at.UtcDateTime) { Reason = reason });
}

/// <summary>Looks at one wish again: after a wait, or after a fault.</summary>
[StoredAs("Deliverybot.Jobs.Deploying.EvaluateDeploymentJob")]
internal sealed class EvaluateDeploymentJob(DeliverybotContext db, WaitingWishes waiting)
{
    /// <param name="repository">For people who read the dashboard.</param>
    [Urgent]
    [WorkOf(0, Deployment = 1)]
    [JobTitle("{0}: look at deployment {1}")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string repository, long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is not null)
        {
            await waiting.LookAgainAsync(wish, cancellationToken);
        }
    }
}
