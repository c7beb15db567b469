using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.Telemetry;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Writes what became of a wish, and what each gate said of it.</summary>
internal sealed class WishWriter(
    DeliverybotContext db, Outbox outbox, Holds holds, ManualActivity activity, LookClock clock, IBackgroundJobClientV2 jobs, DeploymentMetrics metrics, Occasion occasion, TimeProvider time)
{
    /// <summary>GitHub has made the deployment.</summary>
    public async Task CreatedAsync(
        Turn turn, Deployment wish, GateVerdicts? decision, DeploymentCreation.Created created, CancellationToken cancellationToken)
    {
        var hadWaited = wish.HasWaited();
        wish.State = DeploymentState.Pending;
        wish.Reason = null;
        wish.Waits = hadWaited;
        Take(wish, created);
        if (wish.IsRollback())
        {
            await holds.ShareAsync(turn, wish, cancellationToken);
        }

        await SaveAsync(turn, wish, decision, cancellationToken);
        if (hadWaited)
        {
            // Whoever asked isn't there any more to have it noted with the answer.
            await activity.NoteAsync(wish, detail: "");
        }

        metrics.Created(occasion);
    }

    /// <summary>GitHub has made the deployment, but of a commit that the gates don't let pass: whoever carries it out is told to leave it.</summary>
    public async Task RefusedAsync(
        Turn turn, Deployment wish, GateVerdicts decision, DeploymentCreation.Created created, Sentence reason, CancellationToken cancellationToken)
    {
        Take(wish, created);
        await EndAsync(turn, wish, decision, DeploymentState.Error, reason, cancellationToken);
    }

    /// <summary>GitHub had made the deployment, and its answer was lost.</summary>
    public async Task AdoptedAsync(
        Turn turn, Deployment wish, GateVerdicts? decision, DeploymentCreation.Created found, CancellationToken cancellationToken)
    {
        wish.EndedAt = null;
        await CreatedAsync(turn, wish, decision, found, cancellationToken);
        if (!wish.IsAutomatic())
        {
            await activity.NoteAsync(wish, detail: "");
        }
    }

    /// <summary>A gate doesn't let it pass: it waits, or it ends with the gate's sentence.</summary>
    /// <param name="inPlaceOf">The look of which this is only the rest: it is kept in its place, pages show it, and channels don't hear of it.</param>
    public async Task StopAsync(
        Turn turn, Deployment wish, GateVerdicts decision, ChecksFacts? checks, CancellationToken cancellationToken, Evaluation? inPlaceOf = null)
    {
        var stopped = decision.Stopped ?? throw new InvalidOperationException("Nothing stops this wish.");
        if (stopped.Outcome != GateOutcome.Wait)
        {
            wish.Gate = stopped.Gate;
            var state = stopped.Outcome == GateOutcome.Done ? DeploymentState.Superseded : DeploymentState.Denied;
            await EndAsync(turn, wish, decision, state, stopped.Reason, cancellationToken);
            return;
        }

        var unchanged = wish.State == DeploymentState.Waiting && wish.Gate == stopped.Gate && wish.Reason == stopped.Reason;
        wish.State = DeploymentState.Waiting;
        wish.Gate = stopped.Gate;
        wish.Reason = stopped.Reason;
        wish.UnmetContexts = checks is null ? [] : [.. checks.Awaited];
        wish.ExpiresAt = wish.ExpiryAfter(decision.IsAppointed ? decision.Until : null, time.GetUtcNow());
        wish.LookAt = decision.Until is { } until && until < wish.WaitsUntil() ? until : wish.WaitsUntil();
        if (inPlaceOf is not null)
        {
            (inPlaceOf.At, inPlaceOf.Verdicts) = (time.GetUtcNow(), decision.Verdicts);
        }

        await SaveAsync(turn, wish, unchanged || inPlaceOf is not null ? null : decision, cancellationToken, isTold: inPlaceOf is null);
        if (decision.Until is { } noted)
        {
            clock.Note(noted);
        }
    }

    /// <summary>
    /// Another deployment of ours brings the wish's commit to its target: what the commit's status still has to say is that one's from
    /// now on. One that others have made knows no target: there the wish's own status follows it. To be saved with the wish's end.
    /// </summary>
    public async Task HandOverAsync(Turn turn, Deployment wish, DeploymentId to, CancellationToken cancellationToken)
    {
        var other = await db.Deployments.SingleAsync(row => row.Id == to, cancellationToken);
        turn.MustCover(other);
        if (other.Cause != DeploymentCause.External && other.Target == wish.Target && wish.SaysPending())
        {
            await db.Entry(other).ReloadAsync(cancellationToken);
            (other.CommitStatus, wish.CommitStatus) = (wish.CommitStatus, null);
            outbox.Add(other);
        }
    }

    /// <summary>GitHub can't be used now. Where each has its turn, the next one mustn't take it meanwhile.</summary>
    public async Task PutOffAsync(Turn turn, Deployment wish, Target target, Sentence reason, CancellationToken cancellationToken)
    {
        wish.State = DeploymentState.Waiting;
        wish.Gate = target.Queue == QueueMode.All && wish.MayWait() ? GateNames.Queue : null;
        wish.Reason = reason;
        wish.LookAt = wish.WaitsUntil();
        await SaveAsync(turn, wish, decision: null, cancellationToken);
    }

    /// <summary>It was due, and couldn't be looked at: not before then.</summary>
    public async Task PostponeAsync(Turn turn, Deployment wish, DateTimeOffset until, CancellationToken cancellationToken)
    {
        turn.MustCover(wish);
        if (wish.State == DeploymentState.Waiting && wish.LookAt < until)
        {
            wish.LookAt = until.ToUniversalTime();
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>A check that it waits for is no longer one of those.</summary>
    public async Task StrikeOutAsync(Turn turn, Deployment wish, string context, CancellationToken cancellationToken)
    {
        turn.MustCover(wish);
        wish.UnmetContexts = [.. wish.UnmetContexts.Where(unmet => unmet != context)];
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>No gate refused it: GitHub did, or <c>deploy.yml</c> can't be carried out.</summary>
    public Task DenyAsync(Turn turn, Deployment wish, GateVerdicts? decision, Sentence reason, CancellationToken cancellationToken)
    {
        wish.Gate = null;
        return EndAsync(turn, wish, decision, DeploymentState.Denied, reason, cancellationToken);
    }

    /// <summary>It ends without a deployment.</summary>
    public async Task EndAsync(
        Turn turn, Deployment wish, GateVerdicts? decision, DeploymentState state, Sentence reason, CancellationToken cancellationToken)
    {
        wish.State = state;
        wish.Reason = reason;
        wish.EndedAt = time.GetUtcNow();
        wish.UnmetContexts = [];
        wish.Waits = wish.HasWaited();
        wish.LookAt = null;
        var isLetGo = wish.IsRollback() && await holds.TakeBackAsync(turn, wish, cancellationToken);
        await SaveAsync(turn, wish, decision, cancellationToken);
        if (isLetGo)
        {
            jobs.Release(wish.RepositoryId, wish.EnvironmentKey);
        }

        if (wish.MayWait() && wish.State.IsUndeployed()
            && await db.Deployments.AnyAsync(
                row => row.RepositoryId == wish.RepositoryId && row.Sha == wish.Sha && row.State == DeploymentState.Waiting && row.Gate == GateNames.After, cancellationToken))
        {
            jobs.Follow(wish.RepositoryId, wish.Sha);
        }
    }

    /// <summary>It went away with what its environment was made for. What has failed keeps its reason.</summary>
    public Task DeactivatedAsync(Turn turn, Deployment deployment, Sentence reason, CancellationToken cancellationToken)
    {
        deployment.Reason = deployment.HasFailed ? deployment.Reason : reason;
        deployment.State = deployment.After(DeploymentState.Inactive);
        deployment.Note(DeploymentState.Inactive, time.GetUtcNow());
        return SaveAsync(turn, deployment, decision: null, cancellationToken);
    }

    /// <summary>By new rules it is another deployment, perhaps to another environment; its turn is that of the former one.</summary>
    public Task ReplaceAsync(Turn turn, Deployment wish, Target target, RenderedWish.Whole rendered, CancellationToken cancellationToken)
    {
        turn.MustCover(wish);
        // A person may have asked for another task than the target's.
        wish.Task = wish.Task == TargetJson.Read(wish.TargetDefinition!).Task ? target.Task : wish.Task;
        wish.TargetDefinition = TargetJson.Write(target);
        wish.Environment = rendered.Environment;
        wish.Description = rendered.Description;
        wish.Payload = rendered.Payload;
        wish.ProductionEnvironment = target.IsProduction(rendered.Environment);
        wish.TransientEnvironment = target.TransientEnvironment;
        return db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes the environment's turn, and ends the wish if it waits.</summary>
    public async Task CancelAsync(Deployment wish, Sentence reason, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish.State == DeploymentState.Waiting)
        {
            await EndAsync(turn, wish, decision: null, DeploymentState.Cancelled, reason, cancellationToken);
        }
    }

    private void Take(Deployment wish, DeploymentCreation.Created created)
    {
        wish.Sha = created.Sha;
        wish.GitHubId = created.Id;
        wish.DeployedAt = created.CreatedAt ?? time.GetUtcNow();
        wish.Gate = null;
        wish.UnmetContexts = [];
        wish.LookAt = null;
    }

    private async Task SaveAsync(Turn turn, Deployment wish, GateVerdicts? decision, CancellationToken cancellationToken, bool isTold = true)
    {
        turn.MustCover(wish);
        wish.UpdatedAt = time.GetUtcNow();
        if (decision is not null)
        {
            metrics.Count(decision);
            db.Evaluations.Add(new Evaluation { DeploymentId = wish.Id, At = wish.UpdatedAt, Verdicts = decision.Verdicts });
        }

        if (isTold)
        {
            outbox.Add(wish);
        }

        // Row, hold, evaluation and changes go out as one batch, which PostgreSQL takes as one transaction: BEGIN and COMMIT would be round trips more.
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            db.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
        }
    }
}
