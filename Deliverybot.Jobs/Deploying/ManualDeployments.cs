using System.Transactions;
using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Hangfire;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// A person's wish to deploy: carried out at once with that person's own access, so that GitHub's permissions decide.
/// It doesn't wait: what a gate holds is refused with the gate's sentence.
/// </summary>
internal sealed class ManualDeployments(
    DeliverybotContext db,
    DeployFiles deployFiles,
    CommitChoice commits,
    DeploymentWishes wishes,
    DeploymentEvaluator evaluator,
    WishRecord record,
    IBackgroundJobClientV2 jobs,
    TimeProvider time)
{
    /// <summary>What is cut off (a closed tab, a crash) is looked after by a job then: it adopts what GitHub has made, or ends the wish.</summary>
    private static readonly TimeSpan LookAfter = TimeSpan.FromMinutes(1);

    /// <summary>The caller has made sure that the person may write to the repository, and that the repository is known here.</summary>
    public async Task<ManualOutcome> RequestAsync(ManualRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            return await deployFiles.ReadAsync(github, at: null, cancellationToken) switch
            {
                DeployFileState.Valid { Targets: var targets } when targets.Find(request.Target) is { } target =>
                    await DeployAsync(request, target, github, cancellationToken),
                DeployFileState.Valid valid => new ManualOutcome.Unknown(
                    $"{DeployFiles.Path} has no target {request.Target}. It has: {string.Join(", ", valid.Targets.All.Select(target => target.Name))}."),
                DeployFileState.Absent => new ManualOutcome.Unknown($"The default branch has no {DeployFiles.Path}."),
                DeployFileState.Unreadable unreadable => new ManualOutcome.Unknown(unreadable.Reason),
                DeployFileState.Invalid { Errors: [var first, ..] } =>
                    new ManualOutcome.Unknown($"{DeployFiles.Path} has an error in line {first.Line}: {first.Message}"),
                var other => throw new InvalidOperationException($"A deploy.yml that is {other} has no meaning here."),
            };
        }
        catch (RetryLaterException later)
        {
            return new ManualOutcome.Unavailable(later.Reason);
        }
    }

    private async Task<ManualOutcome> DeployAsync(ManualRequest request, Target target, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await commits.FaultOfAsync(request, github, cancellationToken) is { } fault)
        {
            return new ManualOutcome.Unknown(fault);
        }

        // From here on the wish is a row. Whoever asked may close the page: it goes on to its end.
        var wish = await RecordAsync(WishOf(request, target), github, cancellationToken);
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
            return new ManualOutcome.Unavailable($"{unknown.Message} Deliverybot looks in a minute whether it was made.");
        }

        if (wish.State.IsUndeployed())
        {
            return new ManualOutcome.Refused(wish.Id, wish.Reason ?? "", wish.Gate);
        }

        db.Activity.Add(ActivityOf(request, wish));
        await db.SaveChangesAsync(CancellationToken.None);
        return new ManualOutcome.Deployed(wish.Id);
    }

    private async Task<Deployment> RecordAsync(NewWish wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.Required,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled);
        var deployment = await wishes.RecordAsync(wish, github, cancellationToken);
        jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(wish.Repository.ToString(), deployment.Id.Value, CancellationToken.None), LookAfter);
        scope.Complete();
        return deployment;
    }

    private async Task<ManualOutcome> EndAsync(Deployment wish, string reason, ManualOutcome outcome)
    {
        await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, reason, CancellationToken.None);
        return outcome;
    }

    private static NewWish WishOf(ManualRequest request, Target target) => new()
    {
        RepositoryId = request.RepositoryId,
        Repository = request.Repository,
        Target = target,
        Ref = request.Ref,
        Sha = request.Sha,
        Trigger = request.Trigger,
        RequestedBy = request.By,
        Task = string.IsNullOrWhiteSpace(request.Task) ? null : request.Task.Trim(),
        Force = request.Force,
    };

    private ActivityEntry ActivityOf(ManualRequest request, Deployment wish) => new()
    {
        RepositoryId = request.RepositoryId,
        At = time.GetUtcNow(),
        Actor = request.By,
        Act = request.Force ? ActivityAct.Forced : ActivityAct.Deployed,
        Environment = wish.Environment,
        DeploymentId = wish.Id,
        Sha = wish.Sha,
    };
}
