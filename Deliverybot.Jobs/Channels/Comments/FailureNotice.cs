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

/// <summary>That a deployment failed is a message of its own, once: GitHub tells nobody of a comment that was edited.</summary>
internal sealed class FailureNotice(
    DeliverybotContext db, KnownRepositories repositories, Conversations conversations, SiteLinks links, CommitLinks commits, TimeProvider time)
    : IChannel
{
    public string Name => "failure_notice";

    public bool Wants(Happening change) => change.LeftCommit is null && IsDue(change.Wish);

    public Task TellAsync(Happening change, CancellationToken cancellationToken) => WriteAsync(change.Wish, cancellationToken);

    /// <summary>It failed, or GitHub wouldn't make it. What a person is refused they are told in the answer to their command.</summary>
    public static bool IsDue(Deployment wish) =>
        wish is { PullRequest: not null, FailureToldAt: null, Cause: not DeploymentCause.External }
        && (wish.State is DeploymentState.Failure or DeploymentState.Error
            || (wish is { State: DeploymentState.Denied, Gate: null } && wish.IsAutomatic()));

    /// <param name="seen">The wish as somebody has read it.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been said; the next attempt finds out.</exception>
    public async Task WriteAsync(Deployment seen, CancellationToken cancellationToken)
    {
        var id = seen.Id;
        await using var turn = await AdvisoryLock.TakeAsync(db, seen.RepositoryId, $"failure of {id}", cancellationToken);
        if (await ReadAsync(id, cancellationToken) is not { } wish || !IsDue(wish))
        {
            return;
        }

        if (await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var conversation = conversations.Of(repository, wish.PullRequest!.Value);
        var mark = CommentMark.OfFailure(id);
        var there = await conversation.FindAsync(mark, wish.CreatedAt, cancellationToken);
        if (there is CommentSearch.Refused)
        {
            // It is still due: with the next change it is looked for again.
            return;
        }

        if (there is CommentSearch.Missing)
        {
            await conversation.SayAsync(TextOf(repository.FullName, wish), mark, cancellationToken);
        }

        await RememberAsync(wish, cancellationToken);
    }

    private string TextOf(RepositoryName repository, Deployment wish)
    {
        var commit = commits.Of(repository, wish.Sha);
        var target = GitHubMarkdown.Code(wish.Target.Value);
        var why = string.IsNullOrWhiteSpace(wish.Reason) ? "" : $"\n\n> {GitHubMarkdown.Plain(wish.Reason)}";
        string?[] all =
        [
            GitHubMarkdown.Link("See the log", wish.LogUrl),
            GitHubMarkdown.Link("See what happened", links.Deployment(repository, wish.Id)?.AbsoluteUri),
        ];
        return $"❌ **{commit} {StateWords.Failed} {target}.**{why}\n\n{string.Join(" · ", all.OfType<string>())}".TrimEnd();
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
