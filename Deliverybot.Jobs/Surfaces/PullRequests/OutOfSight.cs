using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Markup;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>
/// A deployment is told of by its target's comment, which is edited. Where that stands so far above the command that nobody would see it
/// change, the reply says where it is.
/// </summary>
internal sealed class OutOfSight(DeliverybotContext db, KeptComments comments, Conversations conversations)
{
    /// <summary>With so many comments between, the two aren't in one window any more. That is a guess: GitHub shows them at any height.</summary>
    private const int Far = 3;

    /// <param name="result">What came of a command.</param>
    /// <returns>The address of the target's comment; null where it is near, or is yet to be made.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<string?> FindAsync(CommandContext context, ActResult result, CancellationToken cancellationToken)
    {
        var (repository, number) = (context.Repository, context.Pull.Number);
        if (result is not { End: ActEnd.UnderWay, Deployment: { } id }
            || await TargetOfAsync(id, cancellationToken) is not { } target
            || await comments.FindAsync(repository.Id, number, target, cancellationToken) is not { } kept)
        {
            return null;
        }

        // It was made with the pull request's first deployment there, or later.
        var since = await db.Deployments
            .Where(row => row.RepositoryId == repository.Id && row.PullRequest == number && row.Target == target)
            .MinAsync(row => row.CreatedAt, cancellationToken);
        var told = await conversations.Of(repository, number).SinceAsync(since, cancellationToken);
        return told.Count(comment => comment.Number > kept.CommentId && comment.Number < context.Comment.Value) >= Far
            ? told.FirstOrDefault(comment => comment.Number == kept.CommentId)?.HtmlUrl
            : null;
    }

    /// <summary>A rollback has a comment of its own, below.</summary>
    private async Task<TargetName?> TargetOfAsync(DeploymentId id, CancellationToken cancellationToken) =>
        await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } wish && !wish.IsRollback()
            ? wish.Target
            : null;

    public static string? Say(string? address) => GitHubMarkdown.Link("How it goes is told above", address) is { } link ? $"{link}." : null;
}
