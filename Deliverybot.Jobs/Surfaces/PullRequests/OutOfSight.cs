using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Markup;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>
/// A deployment is told of by its target's comment, which is edited. Where that stands so far above the command that nobody would see it
/// change, the reply says where it is.
/// </summary>
internal sealed class OutOfSight(DeliverybotContext db)
{
    /// <summary>With so many comments between, the two aren't in one window any more. That is a guess: GitHub shows them at any height.</summary>
    private const int Far = 3;

    /// <summary>GitHub is asked for three pages at most. It lists the oldest first, and a target's comment was made with its first deployment.</summary>
    private const int MostRead = 300;

    /// <param name="results">What came of a command.</param>
    /// <returns>
    /// By their deployments, the addresses of the comments that tell of them; none where that is near, is yet to be made, or can't be looked
    /// for: what was done is done, and is told in any case.
    /// </returns>
    public async Task<IReadOnlyDictionary<DeploymentId, string>> FindAsync(
        CommandContext context, IReadOnlyList<ActResult> results, CancellationToken cancellationToken)
    {
        var (repository, number) = (context.Repository, context.Pull.Number);
        var begun = results.Where(result => result.End == ActEnd.UnderWay).Select(result => result.Deployment).OfType<DeploymentId>().ToList();
        var kept = begun.Count == 0 ? [] : await (
            from wish in db.Deployments
            join comment in db.PullRequestComments on new { wish.RepositoryId, wish.Target } equals new { comment.RepositoryId, comment.Target }
            where begun.Contains(wish.Id) && comment.PullRequest == number && wish.Act != DeploymentAct.Rollback
            select new { wish.Id, wish.Target, comment.CommentId }).ToListAsync(cancellationToken);
        if (kept.Count == 0)
        {
            return new Dictionary<DeploymentId, string>();
        }

        var targets = kept.Select(one => one.Target).ToList();
        var since = await db.Deployments
            .Where(row => row.RepositoryId == repository.Id && row.PullRequest == number && targets.Contains(row.Target))
            .MinAsync(row => row.CreatedAt, cancellationToken);
        var told = await ReadAsync(context, since, cancellationToken);
        return kept
            .Where(one => told.Count(comment => comment.Number > one.CommentId && comment.Number < context.Comment.Value) >= Far)
            .Select(one => (one.Id, told.FirstOrDefault(comment => comment.Number == one.CommentId)?.HtmlUrl))
            .Where(one => one.HtmlUrl is not null)
            .ToDictionary(one => one.Id, one => one.HtmlUrl!);
    }

    private static async Task<IReadOnlyList<GitHubComment>> ReadAsync(CommandContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            return await context.CommentsSince(since, MostRead, cancellationToken);
        }
        catch (RetryLaterException)
        {
            return [];
        }
    }

    public static string? Say(string? address) => GitHubMarkdown.Link("How it goes is told above", address) is { } link ? $"{link}." : null;
}
