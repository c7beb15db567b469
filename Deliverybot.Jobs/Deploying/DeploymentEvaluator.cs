using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Branches;
using Deliverybot.Jobs.Checks;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Json;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// One look at a wish: reads the facts, asks the gates, and creates the deployment if all let pass.
/// Whoever looks at the same environment meanwhile waits for his turn.
/// </summary>
internal sealed class DeploymentEvaluator(
    DeliverybotContext db,
    GateFactsReader factsReader,
    GateRow gates,
    DeploymentCreator creator,
    WishRecord record,
    RefHeads heads,
    IBackgroundJobClientV2 jobs,
    TimeProvider time)
{
    public const string Interrupted = "It was interrupted. Please deploy again.";

    private static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    /// <exception cref="RetryLaterException">GitHub can't be used now; the wish waits, and says so.</exception>
    /// <exception cref="OutcomeUnknownException">GitHub may have made the deployment; the row says <c>Creating</c>, and the next look finds out.</exception>
    public async Task EvaluateAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        await LookAsync(wish, github, cancellationToken);
    }

    /// <summary>Ends a waiting wish that is there already, or that something newer has overtaken; else leaves it as it is. GitHub is not asked.</summary>
    public async Task EndIfPointlessAsync(Deployment wish, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish.State != DeploymentState.Waiting)
        {
            return;
        }

        var facts = await factsReader.ReadAsync(wish, TargetOf(wish), cancellationToken);
        var decision = gates.Decide(facts);
        if (decision.Stopped is { Outcome: GateOutcome.Done or GateOutcome.Deny })
        {
            await StopAsync(wish, facts, decision, cancellationToken);
        }
    }

    /// <summary>GitHub had made the deployment, and its answer was lost. Called in the environment's turn.</summary>
    public Task AdoptAsync(Deployment wish, DeploymentCreation.Created found, RepositoryName repository, CancellationToken cancellationToken) =>
        found.Sha == wish.Sha
            ? record.AdoptedAsync(wish, decision: null, found, cancellationToken)
            : AcceptAsync(wish, found, isAdopted: true, repository, cancellationToken);

    private async Task LookAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        switch (wish.State)
        {
            case DeploymentState.Waiting:
                await DecideAsync(wish, github, cancellationToken);
                break;
            case DeploymentState.Creating:
                await TakeUpAsync(wish, github, cancellationToken);
                break;
            case DeploymentState.Error when wish.IsRefusedUntold():
                // Whoever was about to tell GitHub may have been cut off; to be told twice does no harm.
                TellRefused(wish, github.Name);
                break;
        }
    }

    private async Task DecideAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var target = TargetOf(wish);
        var facts = await factsReader.ReadAsync(wish, target, cancellationToken);
        var decision = gates.Decide(facts);
        if (decision.Stopped is null && wish.IsAutomatic() && await heads.RefreshAsync(wish, github, cancellationToken))
        {
            facts = await factsReader.ReadAsync(wish, target, cancellationToken);
            decision = gates.Decide(facts);
        }

        if (decision.Stopped is { } stopped)
        {
            await StopAsync(wish, facts, decision, cancellationToken);
            if (stopped.Gate == GateNames.Queue)
            {
                await ShortenQueueAsync(wish, facts, cancellationToken);
            }

            return;
        }

        var contexts = facts.Wish.Overrides ? [] : target.RequiredContexts;
        var creation = await UnlessPutOffAsync(
            wish, () => creator.CreateAsync(wish, target, Named(facts), contexts, github, cancellationToken), cancellationToken);
        await ApplyAsync(wish, facts, decision, creation, contexts, github, cancellationToken);
        if (wish.State == DeploymentState.Pending)
        {
            await ShortenQueueAsync(wish, facts, cancellationToken);
        }
    }

    private async Task StopAsync(Deployment wish, GateFacts facts, GateRowDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Stopped is { Gate: GateNames.AlreadyThere } && facts.Coming is { } coming)
        {
            await record.HandOverAsync(wish, coming.Id, cancellationToken);
        }

        await record.StopAsync(wish, decision, cancellationToken);
    }

    /// <summary>What GitHub can't do now was not done: the row must not take the place of one that is under way.</summary>
    private async Task<T> UnlessPutOffAsync<T>(Deployment wish, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RetryLaterException later)
        {
            await record.PutOffAsync(wish, TargetOf(wish), later.Reason, cancellationToken);
            throw;
        }
    }

    /// <summary>With <c>queue: latest</c> only the newest event's wish waits.</summary>
    private async Task ShortenQueueAsync(Deployment newest, GateFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Wish is not { IsAutomatic: true, Target.Queue: QueueMode.Latest })
        {
            return;
        }

        foreach (var ahead in facts.Ahead.Where(ahead => ahead.Target == newest.Target))
        {
            var older = await db.Deployments.SingleAsync(row => row.Id == ahead.Id, cancellationToken);
            await db.Entry(older).ReloadAsync(cancellationToken);
            await record.EndAsync(
                older, decision: null, DeploymentState.Superseded, $"{newest.Sha.Short} is newer in the queue of {newest.Environment}.", cancellationToken);
        }
    }

    private async Task ApplyAsync(
        Deployment wish,
        GateFacts facts,
        GateRowDecision decision,
        DeploymentCreation creation,
        IReadOnlyList<string> contexts,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        switch (creation)
        {
            case DeploymentCreation.Created created when created.Sha == wish.Sha:
                await record.CreatedAsync(wish, decision, created, cancellationToken);
                break;
            case DeploymentCreation.Created moved:
                await AcceptAsync(wish, moved, isAdopted: false, github.Name, cancellationToken);
                break;
            case DeploymentCreation.ContextsUnmet unmet when contexts is [_, ..]:
                await HeedAsync(wish, facts, decision, ChecksFacts.From(unmet, contexts), github, cancellationToken);
                break;
            case DeploymentCreation.ContextsUnmet unasked:
                await record.DenyAsync(wish, decision, $"GitHub refused it: {unasked.Message}", cancellationToken);
                break;
            case DeploymentCreation.Merged merged:
                await record.EndAsync(wish, decision, DeploymentState.Superseded, Merged(wish, merged), cancellationToken);
                break;
            case DeploymentCreation.MergeConflict conflict:
                await record.DenyAsync(wish, decision, conflict.Message, cancellationToken);
                break;
            case DeploymentCreation.Refused refused:
                await record.DenyAsync(wish, decision, $"GitHub refused it: {refused.Message}", cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"GitHub's answer {creation} has no meaning here.");
        }
    }

    /// <summary>Checks are unmet, as GitHub sees it. Where those that were skipped may be as good, they are read once and judged here.</summary>
    private async Task HeedAsync(
        Deployment wish, GateFacts facts, GateRowDecision decision, ChecksFacts unmet, RepositoryClient github, CancellationToken cancellationToken)
    {
        var target = facts.Wish.Target;
        var checks = unmet;
        if (unmet.MustBeRead(allHadEnded: wish.WaitsForReRun()))
        {
            checks = await UnlessPutOffAsync(
                wish, () => RequiredContexts.ReadAsync(wish.Sha, target.RequiredContexts, github, cancellationToken), cancellationToken);
            if (checks.Unmet is [])
            {
                var creation = await UnlessPutOffAsync(
                    wish, () => creator.CreateAsync(wish, target, named: null, contexts: [], github, cancellationToken), cancellationToken);
                await ApplyAsync(wish, facts, decision, creation, contexts: [], github, cancellationToken);
                return;
            }
        }

        await record.StopAsync(wish, gates.Decide(facts with { Checks = checks }), cancellationToken, checks);
    }

    /// <summary>GitHub resolved another commit than ours: what it says is the truth, and the gates are asked for that one.</summary>
    private async Task AcceptAsync(
        Deployment wish, DeploymentCreation.Created moved, bool isAdopted, RepositoryName repository, CancellationToken cancellationToken)
    {
        // The row was written before GitHub was asked.
        var (intended, asked) = (wish.Sha, wish.UpdatedAt);
        wish.Sha = moved.Sha;
        wish.InPlaceOf = intended;
        var facts = await factsReader.ReadAsync(wish, TargetOf(wish), cancellationToken);
        // GitHub has resolved the branch just now: that is its head, whatever pushes have told us so far.
        var decision = gates.Decide(facts with { Head = new HeadFacts(moved.Sha) });
        if (decision.Stopped is { } stopped)
        {
            // The row says so at once: a wish of that commit's own must not take this one for its deployment. Whatever cuts us off here,
            // the later look finds that GitHub hasn't been told.
            jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(repository.ToString(), wish.Id.Value, CancellationToken.None), LookAfter);
            var why = $"GitHub deployed {moved.Sha.Short} instead of {intended.Short}. {stopped.Gate}: {stopped.Reason}";
            await record.RefusedAsync(wish, decision, moved, why, cancellationToken);
            TellRefused(wish, repository);
        }
        else if (isAdopted)
        {
            await record.AdoptedAsync(wish, decision, moved, cancellationToken);
        }
        else
        {
            await record.CreatedAsync(wish, decision, moved, cancellationToken);
        }

        if (wish.Ref is { IsBranch: true } branch)
        {
            // The pushes up to there are still to come, and none of them is to be deployed in its place once more.
            await heads.CorrectAsync(wish.RepositoryId, branch, intended, moved.Sha, asked, cancellationToken);
        }
    }

    private void TellRefused(Deployment wish, RepositoryName repository) =>
        jobs.Enqueue<RefuseDeploymentJob>(job => job.RunAsync(repository.ToString(), wish.Id.Value, wish.Reason ?? "", CancellationToken.None));

    /// <summary>An attempt had no answer: adopt what GitHub has; else try again, or say to a person that he has to.</summary>
    private async Task TakeUpAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var found = await DeploymentCreator.FindAsync(wish, github, cancellationToken);
        if (found is not null)
        {
            await AdoptAsync(wish, found, github.Name, cancellationToken);
        }
        else if (wish.MayStillBeMade(time.GetUtcNow()))
        {
            throw new OutcomeUnknownException("GitHub may still be making the deployment.");
        }
        else if (wish.NeedsUserToken())
        {
            await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, Interrupted, cancellationToken);
        }
        else
        {
            wish.State = DeploymentState.Waiting;
            await DecideAsync(wish, github, cancellationToken);
        }
    }

    private static Target TargetOf(Deployment wish) =>
        TargetJson.Read(wish.TargetDefinition ?? throw new InvalidOperationException($"Deployment {wish.Id} was not wished for here."));

    private static GitRef? Named(GateFacts facts) => facts switch
    {
        { Wish.IsRollback: true } or { Wish.Ref: null } => null,
        { Wish: { IsAutomatic: true, Ref: { IsTag: true } tag } } => tag,
        { Head.Sha: { } head, Wish: var wish } when head == wish.Sha => wish.Ref,
        _ => null,
    };

    private static string Merged(Deployment wish, DeploymentCreation.Merged merged) => wish.IsAutomatic()
        ? $"{merged.Message.TrimEnd('.')}. The merge commit is deployed when its push arrives."
        : $"{merged.Message.TrimEnd('.')}. Deploy again when its checks are done.";
}
