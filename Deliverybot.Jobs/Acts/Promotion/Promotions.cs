using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;

namespace Deliverybot.Jobs.Acts.Promotion;

/// <summary>
/// A person lets a commit go on by a commit status, <see cref="Target.PromotionContext"/>. The event that GitHub sends of it opens the
/// gate; nothing is deployed here.
/// </summary>
internal sealed class Promotions(DeliverybotContext db, DeployFiles deployFiles, CommitChoice commits, SiteLinks links, TimeProvider time)
{
    public async Task<ActResult> PromoteAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await FaultOfAsync(actor, request, cancellationToken) is { } fault)
            {
                return NotPromoted(ActEnd.Unknown, request, fault);
            }

            var written = await actor.GitHub.CommitStatuses.ListAsync(request.Sha, cancellationToken);
            return written.FirstOrDefault(status => status is { Context: Target.PromotionContext, State: CommitState.Success }) is { } standing
                ? new ActResult(
                    ActEnd.Already,
                    $"{request.Sha.Short} is promoted already",
                    Sentence.Plain(standing.Description is { Length: > 0 } how ? $"{request.Sha.Short} is promoted already. {how}" : $"{request.Sha.Short} is promoted already."))
                : await WriteAsync(actor, request, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            return ActResult.Unavailable($"{request.Sha.Short} was not promoted: GitHub can't be used now", later.Reason);
        }
        catch (GitHubRefusedException refused)
        {
            return NotPromoted(ActEnd.Refused, request, $"GitHub refused it: {refused.Words}") with { Hints = [new ActHint.Next($"Once that is mended, promote it again.")] };
        }
    }

    private async Task<string?> FaultOfAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
        var read = await deployFiles.AskAsync(actor.GitHub, at: null, cancellationToken);
        if (read is not DeployFileState.Valid { Targets: var targets })
        {
            return read.Fault;
        }

        return targets.All.Any(target => target.NeedsPromotion)
            ? await commits.JudgeAsync(actor.Repository, request.Sha, request.Source, target: null, actor.GitHub, cancellationToken) is Sought<VouchedCommit>.Missing refused
                ? refused.Why
                : null
            : $"No target of {DeployFiles.Path} requires {Target.PromotionContext}, so there is nothing to promote.";
    }

    private async Task<ActResult> WriteAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
        await actor.GitHub.CommitStatuses.CreateAsync(
            request.Sha,
            new NewCommitStatus(
                CommitState.Success, Target.PromotionContext, $"Promoted by {actor.By}.", links.Commit(actor.GitHub.Name, request.Sha)),
            cancellationToken);
        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = actor.Repository,
            At = time.GetUtcNow(),
            Actor = actor.By,
            Act = ActivityKind.Promoted,
            Sha = request.Sha,
        });

        // It stands at GitHub: that is recorded though the page may be closed by now.
        await db.SaveChangesAsync(CancellationToken.None);
        return new ActResult(ActEnd.Done, $"{request.Sha.Short} is promoted", $"{request.Sha.Short} was promoted by {actor.By}.") { Hints = [new ActHint.GoesOn()] };
    }

    private static ActResult NotPromoted(ActEnd end, PromotionRequest request, string why) =>
        new(end, $"{request.Sha.Short} was not promoted", Sentence.Plain(why));
}

internal sealed record PromotionRequest
{
    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }
}
