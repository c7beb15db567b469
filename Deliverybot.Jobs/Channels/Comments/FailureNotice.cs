using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Markup;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>
/// That a deployment failed is a message of its own, once: GitHub tells nobody of a comment that was edited. What mended it is added to it,
/// so that the last word in a pull request isn't that of a failure long past.
/// </summary>
internal sealed class FailureNotice(
    DeliverybotContext db, KnownRepositories repositories, KeptComments comments, SiteLinks links, CommitLinks commits, TimeProvider time)
    : IChannel
{
    public string Name => "failure_notice";

    public bool Wants(Happening change) => change.LeftCommit is null && (IsDue(change.Wish) || MayMend(change.Wish));

    public Task TellAsync(Happening change, CancellationToken cancellationToken) =>
        MayMend(change.Wish) ? MendAsync(change.Wish, cancellationToken) : WriteAsync(change.Wish, cancellationToken);

    /// <summary>It failed, or GitHub wouldn't make it. What a person is refused they are told in the answer to their command.</summary>
    public static bool IsDue(Deployment wish) =>
        wish is { PullRequest: not null, FailureToldAt: null, Cause: not DeploymentCause.External }
        && (wish.State is DeploymentState.Failure or DeploymentState.Error
            || (wish is { State: DeploymentState.Denied, Gate: null } && wish.MayWait()));

    /// <param name="seen">The wish as somebody has read it.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been said; the next attempt finds out.</exception>
    public async Task WriteAsync(Deployment seen, CancellationToken cancellationToken)
    {
        var id = seen.Id;
        if (seen.PullRequest is not { } number)
        {
            return;
        }

        var kind = CommentKind.OfFailure(id);
        await using var writing = await comments.TakeToWriteAsync(seen.RepositoryId, number, kind, cancellationToken);
        if (await ReadAsync(id, cancellationToken) is not { } wish || !IsDue(wish))
        {
            return;
        }

        if (await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        // Where GitHub refuses, it is still due: with the next change it is looked for again.
        if (await comments.KeepAsync(
            repository, number, kind, TextOf(repository.FullName, wish, StateWords.WhyFailed(wish)), wish.CreatedAt, cancellationToken))
        {
            await RememberAsync(wish, cancellationToken);
        }
    }

    /// <summary>What it was told of may have been done again since, or another commit may have come.</summary>
    private static bool MayMend(Deployment wish) =>
        wish is { PullRequest: not null, State: DeploymentState.Success, Cause: not DeploymentCause.External, Target.Value.Length: > 0 } && !wish.IsRollback();

    private async Task MendAsync(Deployment seen, CancellationToken cancellationToken)
    {
        var ofTarget = db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == seen.RepositoryId && row.PullRequest == seen.PullRequest && row.Target == seen.Target);
        if (await ofTarget.Where(row => row.Id <= seen.Id && row.FailureToldAt != null).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken) is not { } failed)
        {
            return;
        }

        var (number, kind) = (failed.PullRequest!.Value, CommentKind.OfFailure(failed.Id));
        await using var writing = await comments.TakeToWriteAsync(seen.RepositoryId, number, kind, cancellationToken);
        // The first that went well, so that it is said once.
        var mended = await ofTarget.Where(row => row.Id >= failed.Id && row.SucceededAt != null && row.Act == DeploymentAct.Deploy)
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (mended is null || await repositories.ConfirmAsync(seen.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var why = mended.Id == failed.Id ? await FailedStepAsync(failed.Id, cancellationToken) : StateWords.WhyFailed(failed)?.ToString();
        var since = $"✅ {commits.Of(repository.FullName, mended.Sha)} was deployed to {GitHubMarkdown.Code(mended.Target.Value)} since.";
        await comments.KeepAsync(
            repository,
            number,
            kind,
            $"{TextOf(repository.FullName, failed, why)}\n\n{since}",
            failed.CreatedAt,
            cancellationToken,
            onlyEdits: true);
    }

    /// <summary>What was said when it failed: done again, the row has forgotten that.</summary>
    private Task<string?> FailedStepAsync(DeploymentId id, CancellationToken cancellationToken) => db.DeploymentSteps
        .Where(step => step.DeploymentId == id && (step.State == DeploymentState.Failure || step.State == DeploymentState.Error))
        .OrderByDescending(step => step.Id)
        .Select(step => step.Description)
        .FirstOrDefaultAsync(cancellationToken);

    private string TextOf(RepositoryName repository, Deployment wish, string? reason)
    {
        var commit = commits.Of(repository, wish.Sha);
        var target = GitHubMarkdown.Code(wish.Target.Value);
        var why = string.IsNullOrWhiteSpace(reason) ? "" : $"\n\n> {GitHubMarkdown.Plain(reason)}";
        string?[] all =
        [
            GitHubMarkdown.Link("See the log", wish.LogUrl),
            GitHubMarkdown.Link("See what happened", links.Deployment(repository, wish.Id)?.AbsoluteUri),
        ];
        return $"{(wish.AwaitsApproval ? "🚫" : "❌")} **{commit} {StateWords.Fault(wish)} {target}.**{why}\n\n{string.Join(" · ", all.OfType<string>())}".TrimEnd();
    }

    /// <summary>In the environment's turn, so that nobody who decides there finds the row changed under their hands.</summary>
    private async Task RememberAsync(Deployment wish, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        var now = time.GetUtcNow();
        await db.Deployments
            .Where(row => row.Id == wish.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.FailureToldAt, now), cancellationToken);
    }

    private Task<Deployment?> ReadAsync(DeploymentId id, CancellationToken cancellationToken) =>
        db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
}
