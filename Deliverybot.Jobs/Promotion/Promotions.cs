using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.Links;

namespace Deliverybot.Jobs.Promotion;

/// <summary>
/// A person lets a commit go on by a commit status, <see cref="Target.PromotionContext"/>. The event that GitHub sends of it opens the
/// gate; nothing is deployed here.
/// </summary>
internal sealed class Promotions(DeliverybotContext db, DeployFiles deployFiles, CommitChoice commits, SiteLinks links, TimeProvider time)
{
    /// <summary>The caller has made sure that the person may write to the repository, and that the repository is known here.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="github">The person's own access; for a command in a pull request the App's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PromotionOutcome> PromoteAsync(PromotionRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            if (await FaultOfAsync(request, github, cancellationToken) is { } fault)
            {
                return new PromotionOutcome.Unknown(fault);
            }

            var written = await github.CommitStatuses.ListAsync(request.Sha, cancellationToken);
            return written.FirstOrDefault(status => status is { Context: Target.PromotionContext, State: CommitState.Success }) is { } standing
                ? new PromotionOutcome.AlreadyPromoted(request.Sha, standing.Description)
                : await WriteAsync(request, github, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            return new PromotionOutcome.Unavailable(later.Reason);
        }
        catch (GitHubRefusedException refused)
        {
            return new PromotionOutcome.Refused($"GitHub refused it: {refused.Words}");
        }
    }

    private async Task<string?> FaultOfAsync(PromotionRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        var read = await deployFiles.ReadAsync(github, at: null, cancellationToken);
        if (read is not DeployFileState.Valid { Targets: var targets })
        {
            return TargetChoice.FaultOf(read);
        }

        return targets.All.Any(target => target.NeedsPromotion)
            ? await commits.JudgeAsync(request.RepositoryId, request.Sha, request.Source, target: null, github, cancellationToken) is CommitVerdict.Refused refused
                ? refused.Reason
                : null
            : $"No target of {DeployFiles.Path} requires {Target.PromotionContext}, so there is nothing to promote.";
    }

    private async Task<PromotionOutcome> WriteAsync(PromotionRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        await github.CommitStatuses.CreateAsync(
            request.Sha,
            new NewCommitStatus(
                CommitState.Success, Target.PromotionContext, $"Promoted by {request.By}.", links.Commit(github.Name, request.Sha)),
            cancellationToken);
        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = request.RepositoryId,
            At = time.GetUtcNow(),
            Actor = request.By,
            Act = ActivityAct.Promoted,
            Sha = request.Sha,
        });

        // It stands at GitHub: that is recorded though the page may be closed by now.
        await db.SaveChangesAsync(CancellationToken.None);
        return new PromotionOutcome.Promoted(request.Sha, request.By);
    }
}
