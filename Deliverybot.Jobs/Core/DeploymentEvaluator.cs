using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Telemetry;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// One look at a wish: reads the facts, asks the gates, and creates the deployment if all let pass.
/// Whoever looks at the same environment meanwhile waits for their turn.
/// </summary>
internal sealed class DeploymentEvaluator(
    DeliverybotContext db,
    LookFacts look,
    AllGates gates,
    DeploymentCreator creator,
    WishWriter writer,
    LatestInQueue queue,
    EarlierRequests earlier,
    RefHeads heads,
    ResolvedNames names,
    TimeProvider time)
{
    public static readonly Sentence Interrupted = Sentence.Plain("It was interrupted. Please deploy again.");

    /// <summary>Takes the environment's turn, and looks unless somebody has looked meanwhile so that there is no reason to any more.</summary>
    /// <param name="still">Whether a wish that waits is to be looked at; asked in its turn.</param>
    /// <param name="github">Whose access is used.</param>
    public async Task EvaluateAsync(Deployment wish, Func<Deployment, bool> still, RepositoryClient github, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish is { Waits: true, LookAt: null, State: DeploymentState.Waiting })
        {
            // Whoever asked was told that it waits, or was cut off before any look: from here on it is the App's.
            wish.LookAt = wish.WaitsUntil();
        }

        if (wish.State != DeploymentState.Waiting || still(wish))
        {
            await EvaluateAsync(turn, wish, github, cancellationToken);
        }
    }

    /// <exception cref="RetryLaterException">GitHub can't be used now; the wish waits, and says so.</exception>
    /// <exception cref="OutcomeUnknownException">GitHub may have made the deployment; the row says <c>Creating</c>, and the next look finds out.</exception>
    public async Task EvaluateAsync(Turn turn, Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        using var traced = Tracing.Begin("look");
        await TracedLook.DescribeAsync(traced, db, wish, cancellationToken);
        switch (wish.State)
        {
            case DeploymentState.Waiting:
                await DecideAsync(turn, wish, isNamed: true, github, cancellationToken);
                break;
            case DeploymentState.Creating:
                await TakeUpAsync(turn, wish, github, cancellationToken);
                break;
            case DeploymentState.Error when wish.IsRefusedUntold():
                // Whoever was about to tell GitHub may have been cut off; to be told twice does no harm.
                names.TellRefused(wish, github.Name);
                break;
        }
    }

    /// <summary>Ends a waiting wish that is there already, or that something newer has overtaken; else leaves it as it is. GitHub is not asked.</summary>
    public async Task EndIfPointlessAsync(Deployment wish, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish.State != DeploymentState.Waiting)
        {
            return;
        }

        var facts = await look.RecordedAsync(wish, TargetOf(wish), cancellationToken);
        var decision = gates.Decide(facts);
        // What a person may do is not asked here.
        if (decision.Stopped is { Outcome: GateOutcome.Done } || (decision.Stopped is { Outcome: GateOutcome.Deny } && !wish.Waits))
        {
            await StopAsync(turn, wish, facts, decision, cancellationToken);
        }
    }

    /// <summary>GitHub had made the deployment, and its answer was lost.</summary>
    /// <param name="found">What GitHub made of it.</param>
    /// <param name="github">Asked where GitHub made it of another commit.</param>
    /// <param name="mayDeploy">Whether the wish may be deployed once more where what GitHub made isn't what was named; else it ends.</param>
    public async Task AdoptAsync(
        Turn turn, Deployment wish, DeploymentCreation.Created found, RepositoryClient github, bool mayDeploy, CancellationToken cancellationToken)
    {
        if (found.Sha == wish.Sha)
        {
            await writer.AdoptedAsync(turn, wish, decision: null, found, cancellationToken);
        }
        else if (await names.FaultOfAsync(wish, found, github, cancellationToken) is not { } fault)
        {
            await names.AcceptAsync(turn, wish, TargetOf(wish), found, isAdopted: true, github.Name, cancellationToken);
        }
        else if (mayDeploy && !wish.NeedsUserToken())
        {
            await GoByCommitAsync(turn, wish, github, cancellationToken);
        }
        else
        {
            await writer.DenyAsync(turn, wish, decision: null, Sentence.Plain(wish.IsAutomatic() ? fault : $"{fault} Please deploy again."), cancellationToken);
        }
    }

    /// <summary>What GitHub makes of the name isn't what is meant: the commit's id can mean nothing else. The gates are asked once more.</summary>
    private Task GoByCommitAsync(Turn turn, Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        wish.State = DeploymentState.Waiting;
        return DecideAsync(turn, wish, isNamed: false, github, cancellationToken);
    }

    private async Task DecideAsync(Turn turn, Deployment wish, bool isNamed, RepositoryClient github, CancellationToken cancellationToken)
    {
        var target = TargetOf(wish);
        var facts = await look.ReadAsync(wish, target, cancellationToken);
        var decision = gates.Decide(facts);
        if (decision.Stopped is null && wish.IsAutomatic() && await heads.RefreshAsync(wish, github, cancellationToken))
        {
            facts = await look.ReadAsync(wish, target, cancellationToken);
            decision = gates.Decide(facts);
        }

        if (decision.Stopped is null && wish.Force && target.RequiredContexts is [_, ..])
        {
            facts = facts with { Checks = await LookFacts.OverriddenAsync(wish, target, github, cancellationToken) };
            decision = gates.Decide(facts);
        }

        if (decision.Stopped is null && wish.Waits)
        {
            facts = await UnlessPutOffAsync(turn, wish, () => look.AskAgainAsync(facts, wish.RepositoryId, cancellationToken), cancellationToken);
            decision = gates.Decide(facts);
        }

        if (decision.Stopped is { } stopped)
        {
            await StopAsync(turn, wish, facts, decision, cancellationToken);
            await earlier.EndAsync(turn, wish, cancellationToken);
            if (stopped.Gate == GateNames.Queue)
            {
                await queue.ShortenAsync(turn, wish, facts, cancellationToken);
            }

            return;
        }

        var contexts = facts.Wish.Overrides ? [] : target.RequiredContexts;
        var named = isNamed ? DeploymentName.Of(facts) : null;
        if (named is not null && wish.HasWaited()
            && await UnlessPutOffAsync(turn, wish, () => github.Refs.HeadAsync(named.Ref, cancellationToken), cancellationToken) != wish.Sha)
        {
            // A person chose this commit, some time ago; what the branch has got since is nobody's choice.
            named = null;
        }

        var creation = await UnlessPutOffAsync(turn, wish, () => creator.CreateAsync(turn, wish, facts, named, contexts, github, cancellationToken), cancellationToken);
        await ApplyAsync(turn, wish, facts, decision, creation, contexts, github, cancellationToken);
        await earlier.EndAsync(turn, wish, cancellationToken);
        if (wish.State == DeploymentState.Pending)
        {
            await queue.ShortenAsync(turn, wish, facts, cancellationToken);
        }
    }

    private async Task StopAsync(Turn turn, Deployment wish, GateFacts facts, GateVerdicts decision, CancellationToken cancellationToken)
    {
        if (decision.Stopped is { Gate: GateNames.AlreadyThere } && facts.Coming is { } coming)
        {
            await writer.HandOverAsync(turn, wish, coming.Id, cancellationToken);
        }

        await writer.StopAsync(turn, wish, decision, checks: null, cancellationToken);
    }

    /// <summary>What GitHub can't do now was not done: the row must not take the place of one that is under way.</summary>
    private async Task<T> UnlessPutOffAsync<T>(Turn turn, Deployment wish, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RetryLaterException later)
        {
            await writer.PutOffAsync(turn, wish, TargetOf(wish), Sentence.Plain(later.Reason), cancellationToken);
            throw;
        }
    }

    private Task ApplyAsync(
        Turn turn,
        Deployment wish,
        GateFacts facts,
        GateVerdicts decision,
        DeploymentCreation creation,
        IReadOnlyList<string> contexts,
        RepositoryClient github,
        CancellationToken cancellationToken) => creation.Match(
            created => AcceptAsync(turn, wish, facts, decision, created, github, cancellationToken),
            merged => writer.EndAsync(turn, wish, decision.Answered(byGitHub: false), DeploymentState.Superseded, Sentence.Plain(Merged(wish, merged)), cancellationToken),
            unmet => contexts is [_, ..]
                ? HeedAsync(turn, wish, facts, decision, ChecksFacts.From(unmet, contexts), github, cancellationToken)
                : writer.DenyAsync(turn, wish, decision.Answered(byGitHub: false), $"GitHub refused it: {unmet.Message}", cancellationToken),
            conflict => writer.DenyAsync(turn, wish, decision.Answered(byGitHub: false), Sentence.Plain(conflict.Message), cancellationToken),
            refused => writer.DenyAsync(turn, wish, decision.Answered(byGitHub: false), $"GitHub refused it: {refused.Message}", cancellationToken));

    private async Task AcceptAsync(
        Turn turn,
        Deployment wish,
        GateFacts facts,
        GateVerdicts decision,
        DeploymentCreation.Created created,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        if (created.Sha == wish.Sha)
        {
            await writer.CreatedAsync(turn, wish, decision, created, cancellationToken);
        }
        else if (await names.FaultOfAsync(wish, created, github, cancellationToken) is null)
        {
            await names.AcceptAsync(turn, wish, facts.Wish.Target, created, isAdopted: false, github.Name, cancellationToken);
        }
        else
        {
            await GoByCommitAsync(turn, wish, github, cancellationToken);
        }
    }

    /// <summary>
    /// Checks are unmet, as GitHub sees it. Where those that were skipped may be as good, they are read once and judged here. What
    /// overrules GitHub is that alone: of all other required contexts it stays the judge, and is not asked a third time.
    /// </summary>
    private async Task HeedAsync(
        Turn turn, Deployment wish, GateFacts facts, GateVerdicts decision, ChecksFacts unmet, RepositoryClient github, CancellationToken cancellationToken)
    {
        var target = facts.Wish.Target;
        var checks = unmet;
        if (unmet.MustBeRead(allHadEnded: wish.WaitsForReRun()))
        {
            checks = await UnlessPutOffAsync(
                turn, wish, () => RequiredContexts.ReadAsync(wish.Sha, target.RequiredContexts, github, cancellationToken), cancellationToken);
            if (checks.Unmet is [])
            {
                string[] judged = [.. target.RequiredContexts.Except(checks.Excused.Select(check => check.Context))];
                var creation = await UnlessPutOffAsync(
                    turn, wish, () => creator.CreateAsync(turn, wish, facts, named: null, judged, github, cancellationToken), cancellationToken);
                if (creation is not DeploymentCreation.ContextsUnmet refusal || judged is [])
                {
                    await ApplyAsync(turn, wish, facts, gates.Decide(facts with { Checks = checks }), creation, contexts: [], github, cancellationToken);
                    return;
                }

                checks = ChecksFacts.From(refusal, judged);
            }
        }

        await writer.StopAsync(turn, wish, gates.Decide(facts with { Checks = checks }), checks, cancellationToken);
    }

    /// <summary>An attempt had no answer: adopt what GitHub has; else try again, or say to a person to do so.</summary>
    private async Task TakeUpAsync(Turn turn, Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var found = await DeploymentCreator.FindAsync(wish, github, cancellationToken);
        if (found is not null)
        {
            await AdoptAsync(turn, wish, found, github, mayDeploy: true, cancellationToken);
        }
        else if (wish.MayStillBeMade(time.GetUtcNow()))
        {
            throw new OutcomeUnknownException("GitHub may still be making the deployment.");
        }
        else if (wish.NeedsUserToken())
        {
            await writer.EndAsync(turn, wish, decision: null, DeploymentState.Cancelled, Interrupted, cancellationToken);
        }
        else
        {
            wish.State = DeploymentState.Waiting;
            await DecideAsync(turn, wish, isNamed: true, github, cancellationToken);
        }
    }

    private static Target TargetOf(Deployment wish) =>
        TargetJson.Read(wish.TargetDefinition ?? throw new InvalidOperationException($"Deployment {wish.Id} was not wished for here."));

    private static string Merged(Deployment wish, DeploymentCreation.Merged merged) => wish.IsAutomatic()
        ? $"{merged.Message.TrimEnd('.')}. The merge commit is deployed when its push arrives."
        : $"{merged.Message.TrimEnd('.')}. Deploy again when its checks are done.";
}
