using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Locks;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// A person's wish, written down and carried out at once with the access it was asked with. It doesn't wait: what a gate holds is
/// refused with the gate's sentence.
/// </summary>
internal sealed class ManualWishes(
    DeliverybotContext db,
    DeploymentWishes wishes,
    DeploymentEvaluator evaluator,
    WishRecord record,
    Holds holds,
    ManualActivity activity,
    IBackgroundJobClientV2 jobs)
{
    /// <summary>What is cut off (a closed tab, a crash) is looked after by a job then: it adopts what GitHub has made, or ends the wish.</summary>
    private static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    /// <param name="wish">What is wished for.</param>
    /// <param name="detail">What is said of it in the record of activity, before what it overrode.</param>
    /// <param name="github">The access it is carried out with.</param>
    /// <param name="cancellationToken">Ends it only before it is written down.</param>
    public async Task<ManualOutcome> CarryOutAsync(
        NewWish wish, string detail, RepositoryClient github, CancellationToken cancellationToken)
    {
        var row = await FindAsync(wish, cancellationToken) ?? await RecordAsync(wish, github, cancellationToken);
        return await CarryOutAsync(row, detail, github);
    }

    /// <summary>From here on the wish is a row. Whoever asked may close the page: it goes on to its end.</summary>
    public async Task<ManualOutcome> CarryOutAsync(Deployment wish, string detail, RepositoryClient github)
    {
        try
        {
            await evaluator.EvaluateAsync(wish, github, CancellationToken.None);
        }
        catch (RetryLaterException later)
        {
            // It was not sent. The user's token must not be kept for later, so the wish ends here.
            return await EndAsync(wish, $"{later.Reason} Please deploy again.", new ManualOutcome.Unavailable(later.Reason));
        }
        catch (UserTokenEndedException)
        {
            await EndAsync(wish, "GitHub had ended the session. Please deploy again.", new ManualOutcome.Unavailable(""));
            throw;
        }
        catch (OutcomeUnknownException unknown)
        {
            return new ManualOutcome.Unsure(wish.Id, $"{unknown.Message} Deliverybot looks in a minute whether it was made.");
        }

        if (wish.State.IsUndeployed() || wish.IsRefusedUntold())
        {
            return new ManualOutcome.Refused(wish.Id, wish.Reason ?? "", wish.Gate);
        }

        await activity.NoteAsync(wish, detail);
        return new ManualOutcome.Deployed(wish.Id);
    }

    /// <summary>A command that was processed before, and was cut off.</summary>
    private async Task<Deployment?> FindAsync(NewWish wish, CancellationToken cancellationToken) => wish.Delivery is { } delivery
        ? await db.Deployments.SingleOrDefaultAsync(row => row.DeliveryGuid == delivery && row.Target == wish.Target.Name, cancellationToken)
        : null;

    private async Task<Deployment> RecordAsync(NewWish wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        if (wish.Repeats is { } repeats)
        {
            // In the environment's turn: whatever event is decided after this finds the hold.
            await Turn.TakeForTransactionAsync(db, wish.RepositoryId, repeats.Rendered.Environment.Key, cancellationToken);
        }

        var deployment = await wishes.RecordAsync(wish, github, cancellationToken);
        if (deployment.IsRollback())
        {
            await holds.AddAsync(deployment, cancellationToken);
        }

        jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(wish.Repository.ToString(), deployment.Id.Value, CancellationToken.None), LookAfter);
        scope.Complete();
        return deployment;
    }

    private async Task<ManualOutcome> EndAsync(Deployment wish, string reason, ManualOutcome outcome)
    {
        await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, reason, CancellationToken.None);
        return outcome;
    }
}
