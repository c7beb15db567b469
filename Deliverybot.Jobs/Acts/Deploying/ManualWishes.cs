using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>
/// A person's wish, written down and carried out at once with the access it was asked with. What a gate holds is refused with the gate's
/// sentence, unless the person lets it wait: then the App carries it out once it may.
/// </summary>
internal sealed class ManualWishes(
    DeliverybotContext db,
    DeploymentWishes wishes,
    DeploymentEvaluator evaluator,
    WishWriter writer,
    Holds holds,
    HoldForecast forecast,
    ManualActivity activity,
    AllGates gates,
    Preview preview,
    IBackgroundJobClientV2 jobs)
{
    /// <summary>What is cut off (a closed tab, a crash) is looked after by a job then: it adopts what GitHub has made, or ends the wish.</summary>
    private static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    /// <param name="detail">What is said of it in the record of activity, before what it overrode.</param>
    /// <param name="cancellationToken">Ends it only before it is written down.</param>
    public async Task<ActResult> CarryOutAsync(
        NewWish wish, string detail, RepositoryClient github, CancellationToken cancellationToken)
    {
        var told = wish.Why.Length == 0 ? detail : $"{detail} {wish.Why.TrimEnd('.')}.".TrimStart();
        if (await FindAsync(wish, cancellationToken) is { } begun)
        {
            return await CarryOutAsync(begun, told, github);
        }

        // Whoever asks is told at once where it names no environment, so that there is nothing to keep.
        RenderedWish rendered = wish.Rendered ?? await WishRenderer.RenderAsync(wish, github, cancellationToken);
        return await rendered.Match(
            whole => CarryOutAsync(wish with { Rendered = whole }, whole.Environment, told, github, cancellationToken),
            broken => Task.FromResult(ActResult.Because(ActEnd.Refused, $"{wish.Target.Name} was not deployed", Sentence.Plain(broken)) with
            {
                Hints = [RefusalHints.OnceMended],
            }));
    }

    /// <summary>What it changes beside going on is said with its answer; pages have asked before.</summary>
    private async Task<ActResult> CarryOutAsync(NewWish wish, EnvironmentName environment, string detail, RepositoryClient github, CancellationToken cancellationToken)
    {
        var bearing = wish.Origin.Via is DeploymentVia.Web || wish.Repeats is not null ? Bearing.Onward : await BearingAsync(wish, environment, github, cancellationToken);
        var result = await CarryOutAsync(await RecordAsync(wish, github, cancellationToken), detail, github);
        return result.End is ActEnd.UnderWay ? result with { Sentence = Sentence.Join([bearing.Sentence, result.Sentence]) } : result;
    }

    /// <summary>Of the head of a branch GitHub isn't asked whether it is older.</summary>
    private async Task<Bearing> BearingAsync(NewWish wish, EnvironmentName environment, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            var isHead = await db.RefHeads.AnyAsync(head => head.RepositoryId == wish.RepositoryId && head.Sha == wish.Sha, cancellationToken);
            return await preview.BearingAsync(wish, environment, isHead, github, cancellationToken);
        }
        catch (RetryLaterException)
        {
            // The deployment itself will say so.
            return Bearing.Onward;
        }
    }

    /// <summary>Whether an event has wished for the same, and waits.</summary>
    private Task<bool> WaitsAsync(Deployment refused) => db.Deployments.AnyAsync(row =>
        row.RepositoryId == refused.RepositoryId && row.Sha == refused.Sha && row.Target == refused.Target && row.EnvironmentKey == refused.EnvironmentKey
        && row.Id != refused.Id && row.State == DeploymentState.Waiting);

    /// <summary>From here on the wish is a row. Whoever asked may close the page: it goes on to its end.</summary>
    public async Task<ActResult> CarryOutAsync(Deployment wish, string detail, RepositoryClient github)
    {
        try
        {
            if (await AttemptAsync(wish, github) is { } unmade)
            {
                return unmade;
            }
        }
        catch (TurnTakenException taken) when (wish.NeedsUserToken())
        {
            // Others may be reading its hold just now, so it isn't ended outside of its turn: the job that looks after it does. Another job
            // for each of those who are refused at once would take the connections of all pages. What needs no token waits, and is
            // carried out when the command is processed again.
            return Refused(wish, Sentence.Plain(taken.Reason), [new ActHint.TryLater()]);
        }
        catch (TurnTakenException taken) when (wish is { Waits: true, Access: DeploymentAccess.Person })
        {
            // Whoever has the turn ends it; the job that looks after it is the App's, and comes in a minute.
            await activity.NoteRequestAsync(wish, detail);
            return ActResult.ItWaits(wish.Id, Sentence.Plain(taken.Reason));
        }

        if (wish is { Waits: true, State: DeploymentState.Waiting })
        {
            await activity.NoteRequestAsync(wish, detail);
            return ActResult.ItWaits(wish.Id, wish.Reason ?? Sentence.Empty);
        }

        if (wish.State.IsUndeployed() || wish.IsRefusedUntold())
        {
            IEnumerable<ActHint> hints = RefusalHints.Of(wish, await EarlierAsync(wish), gates);
            return Refused(
                wish, wish.Reason ?? Sentence.Empty, await WaitsAsync(wish) ? hints.Where(hint => hint is not ActHint.Wait).Prepend(RefusalHints.WaitsAlready) : hints);
        }

        await activity.NoteAsync(wish, detail);
        return ActResult.Because(ActEnd.UnderWay, $"On its way to {wish.Target}", await HoldOfAsync(wish, github)) with { Deployment = wish.Id };
    }

    /// <summary>What becomes of a hold by what a person has just deployed.</summary>
    private async Task<Sentence> HoldOfAsync(Deployment wish, RepositoryClient github)
    {
        if (wish.IsRollback() || await holds.FindAsync(wish.RepositoryId, wish.Environment, CancellationToken.None) is not { } hold)
        {
            return Sentence.Empty;
        }

        try
        {
            return await forecast.OfAsync(wish.RepositoryId, wish.Environment, hold.Facts(), wish.Target, wish.Sha, github, CancellationToken.None);
        }
        catch (UserTokenEndedException)
        {
            // It is made, and that is what is to be said.
            return Sentence.Empty;
        }
    }

    /// <summary>One look, in the environment's turn: a wish that can't be carried out now ends in the same one.</summary>
    /// <returns>What came of it where GitHub hasn't decided; null: the row says it.</returns>
    private async Task<ActResult?> AttemptAsync(Deployment wish, RepositoryClient github)
    {
        await using var turn = await Turn.TakeAsync(db, wish, CancellationToken.None);
        try
        {
            await evaluator.EvaluateAsync(turn, wish, github, CancellationToken.None);
            return null;
        }
        catch (RetryLaterException later) when (wish is { Waits: true, State: DeploymentState.Waiting })
        {
            // The job that looks after it is the App's, and asks GitHub again.
            await writer.PutOffAsync(turn, wish, TargetJson.Read(wish.TargetDefinition!), Sentence.Plain(later.Reason), CancellationToken.None);
            return null;
        }
        catch (RetryLaterException later)
        {
            // It was not sent. The user's token must not be kept for later, so the wish ends here.
            await EndAsync(turn, wish, $"{later.Reason} Please deploy again.");
            return NotNow(wish.Target, later.Reason);
        }
        catch (UserTokenEndedException)
        {
            await EndAsync(turn, wish, $"GitHub had ended the session. Please deploy again.");
            throw;
        }
        catch (OutcomeUnknownException unknown)
        {
            return ActResult.Because(
                ActEnd.Unsure,
                $"It isn't known yet whether it was made: the deployment to {wish.Target}",
                $"{unknown.Message} Deliverybot looks in a minute whether it was made.") with
            {
                Deployment = wish.Id
            };
        }
    }

    /// <summary>A command that was processed before, and was cut off.</summary>
    private async Task<Deployment?> FindAsync(NewWish wish, CancellationToken cancellationToken) => wish.Delivery is { } delivery
        ? await db.Deployments.SingleOrDefaultAsync(row => row.DeliveryGuid == delivery && row.Target == wish.Target.Name, cancellationToken)
        : null;

    private async Task<Deployment> RecordAsync(NewWish wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        // In the environment's turn: whatever event is decided after this finds the hold.
        using var awaited = wish.Repeats is { } repeats
            ? await Turn.AwaitAsync(db, wish.RepositoryId, repeats.Rendered.Environment.Key, cancellationToken)
            : null;
        using var scope = JobTransaction.Begin();
        var turn = awaited is null ? null : await awaited.TakeAsync(cancellationToken);
        var deployment = await wishes.RecordAsync(wish, github, cancellationToken);
        if (turn is not null && wish.Repeats is { Hold: var left })
        {
            await holds.AddAsync(turn, deployment, left, wish.Why, cancellationToken);
            jobs.Keep(wish.RepositoryId, deployment.EnvironmentKey);
        }

        jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(wish.Repository.ToString(), deployment.Id.Value, CancellationToken.None), LookAfter);
        scope.Complete();
        return deployment;
    }

    /// <summary>GitHub can't be used now, and nothing was made.</summary>
    public static ActResult NotNow(TargetName target, string reason) =>
        ActResult.Unavailable($"{target} was not deployed: GitHub can't be used now", reason);

    /// <summary>The target at which the commit has to go well first, by what the gate said that stands in the way; null where it said nothing of that.</summary>
    private async Task<TargetName?> EarlierAsync(Deployment wish)
    {
        if (wish.Gate is null)
        {
            return null;
        }

        var looks = db.Evaluations.AsNoTracking().Where(look => look.DeploymentId == wish.Id);
        var last = await looks.OrderByDescending(look => look.Id).FirstOrDefaultAsync(CancellationToken.None);
        return last?.Verdicts.FirstOrDefault(verdict => verdict.Gate == wish.Gate)?.Earlier is { } earlier ? new TargetName(earlier) : null;
    }

    private static ActResult Refused(Deployment wish, Sentence reason, IEnumerable<ActHint> hints) =>
        ActResult.Because(ActEnd.Refused, $"{wish.Target} was not deployed", reason) with
        {
            Deployment = wish.Id,
            Hints = [.. hints],
        };

    private Task EndAsync(Turn turn, Deployment wish, Sentence reason) =>
        writer.EndAsync(turn, wish, decision: null, DeploymentState.Cancelled, reason, CancellationToken.None);
}
