using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// A person's wish to deploy: carried out at once with that person's own access, so that GitHub's permissions decide.
/// It doesn't wait: what a gate holds is refused with the gate's sentence.
/// </summary>
internal sealed class ManualDeployments(
    DeliverybotContext db,
    DeployFiles deployFiles,
    DeploymentWishes wishes,
    DeploymentEvaluator evaluator,
    WishRecord record,
    IBackgroundJobClientV2 jobs,
    TimeProvider time)
{
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
        // GitHub shows commits of forks under the base repository's address too; only what the branch contains may be deployed.
        var comparison = await github.Commits.CompareAsync(request.Ref, request.Sha, cancellationToken);
        if (comparison is not { HeadIsContained: true })
        {
            return new ManualOutcome.Unknown($"{request.Ref.ShortName} doesn't contain the commit {request.Sha.Short}.");
        }

        var wish = await wishes.RecordAsync(WishOf(request, target), github, cancellationToken);
        db.Activity.Add(ActivityOf(request, wish));
        try
        {
            await evaluator.EvaluateAsync(wish, github, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            // It was not sent. The user's token must not be kept for later, so the wish ends here.
            await record.EndAsync(wish, decision: null, DeploymentState.Cancelled, $"{later.Reason} Please deploy again.", cancellationToken);
            return new ManualOutcome.Unavailable(later.Reason);
        }
        catch (OutcomeUnknownException unknown)
        {
            jobs.Schedule<EvaluateDeploymentJob>(job => job.RunAsync(wish.Id.Value, CancellationToken.None), TimeSpan.FromSeconds(5));
            return new ManualOutcome.Unavailable(unknown.Message);
        }

        return wish.State.IsUndeployed()
            ? new ManualOutcome.Refused(wish.Id, wish.Reason ?? "")
            : new ManualOutcome.Deployed(wish.Id);
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
