using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;

namespace Deliverybot.Jobs.Acts.Promotion;

/// <summary>
/// A person lets a commit go on by a commit status, <see cref="Target.PromotionContext"/>. The event that GitHub sends of it opens the
/// gate; nothing is deployed here.
/// </summary>
internal sealed class Promotions(
    DeliverybotContext db, DeployFiles deployFiles, CommitChoice commits, PersonRights rights, SiteLinks links, PromotionOutlook outlook, TimeProvider time)
{
    /// <summary>What would go out where by a promotion, as things stand now; nothing is done.</summary>
    /// <returns>Null where it won't be promoted, and the act says why.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<IReadOnlyList<Sentence>?> PreviewAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var read = await deployFiles.AskAsync(actor.GitHub, at: null, cancellationToken);
            return await FaultOfAsync(read, actor, request, cancellationToken) is null
                && await RefusalAsync(read, actor, cancellationToken) is null
                && await PromotedAsync(actor, request, cancellationToken) is null
                ? (await outlook.OfAsync(actor.Repository, request.Sha, cancellationToken)).Told
                : null;
        }
        catch (GitHubRefusedException)
        {
            return null;
        }
    }

    public async Task<ActResult> PromoteAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var read = await deployFiles.AskAsync(actor.GitHub, at: null, cancellationToken);
            if (await FaultOfAsync(read, actor, request, cancellationToken) is { } fault)
            {
                return NotPromoted(ActEnd.Unknown, request, Sentence.Plain(fault));
            }

            if (await RefusalAsync(read, actor, cancellationToken) is { } refusal)
            {
                return NotPromoted(ActEnd.NotAllowed, request, refusal) with { Hints = [PersonsHint.AskSomebody] };
            }

            return await PromotedAsync(actor, request, cancellationToken) is { } standing
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

    private static async Task<CommitStatus?> PromotedAsync(Actor actor, PromotionRequest request, CancellationToken cancellationToken) =>
        (await actor.GitHub.CommitStatuses.ListAsync(request.Sha, cancellationToken))
            .FirstOrDefault(status => status is { Context: Target.PromotionContext, State: CommitState.Success });

    /// <summary>It lets the commit go on at each target that waits for it, so each has to let the person deploy.</summary>
    private async Task<Sentence?> RefusalAsync(DeployFileState read, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var target in read is DeployFileState.Valid { Targets: var targets } ? targets.All.Where(target => target.NeedsPromotion) : [])
        {
            var right = await rights.AskAsync(actor.Repository, target, Permission.Deploy, actor.By, forLooking: false, cancellationToken);
            if (!right.IsGiven)
            {
                return right.Refusal(actor.By, new EnvironmentName(target.Environment.Text));
            }
        }

        return null;
    }

    private async Task<string?> FaultOfAsync(DeployFileState read, Actor actor, PromotionRequest request, CancellationToken cancellationToken)
    {
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
        // Before GitHub tells of it, so that what it lets go still waits.
        var foreseen = await outlook.OfAsync(actor.Repository, request.Sha, cancellationToken);
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
        return new ActResult(ActEnd.Done, $"{request.Sha.Short} is promoted", $"{request.Sha.Short} was promoted by {actor.By}.") { Deployment = foreseen.Watch, Hints = [new ActHint.GoesOn(Sentence.Join(foreseen.Told), foreseen.GoesOut)] };
    }

    private static ActResult NotPromoted(ActEnd end, PromotionRequest request, Sentence why) =>
        new(end, $"{request.Sha.Short} was not promoted", why);
}

internal sealed record PromotionRequest
{
    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }
}
