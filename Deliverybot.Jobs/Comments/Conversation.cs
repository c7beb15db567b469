using System.Collections.Concurrent;
using System.Net;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.Comments;

/// <summary>
/// What the App says in one pull request. Where GitHub doesn't let it, nothing is said: that is told to the operator, and never harms
/// a deployment.
/// </summary>
internal sealed class Conversation(Repository repository, PullRequestNumber number, RepositoryComments comments, GitHubLogin self, CommentRefusals refusals, Pauses pauses)
{
    /// <summary>Clocks differ, and GitHub's comments bear GitHub's time.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <returns>Null where GitHub refuses.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been said; <see cref="FindAsync"/> finds out.</exception>
    public Task<CommentId?> SayAsync(string markdown, CommentMark mark, CancellationToken cancellationToken) => UnlessRefusedAsync(
        () => pauses.UnlessPausedAsync(repository.Id, Pauses.Comments, async () =>
            (CommentId?)await comments.CreateAsync(number, CommentBody.Of(markdown, mark.ToString()), cancellationToken)),
        refused: null);

    /// <returns>False if the comment is gone, so that it has to be made again.</returns>
    public Task<bool> EditAsync(CommentId comment, string markdown, CommentMark mark, CancellationToken cancellationToken) => UnlessRefusedAsync(
        () => pauses.UnlessPausedAsync(repository.Id, Pauses.Comments, () => comments.UpdateAsync(comment, CommentBody.Of(markdown, mark.ToString()), cancellationToken)),
        refused: true);

    /// <summary>Looks for what an attempt without an answer has left. Where GitHub refuses to show it, nobody knows whether it is there.</summary>
    /// <param name="mark">By which it is known.</param>
    /// <param name="since">It can't have been made before this.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public Task<CommentSearch> FindAsync(CommentMark mark, DateTimeOffset since, CancellationToken cancellationToken) => UnlessRefusedAsync(
        () => pauses.UnlessPausedAsync(
            repository.Id, Pauses.Comments, async () => await SearchAsync(mark, since, cancellationToken) is { } there ? new CommentSearch.Found(there.Id) : (CommentSearch)new CommentSearch.Missing()),
        refused: new CommentSearch.Refused());

    /// <summary>Reacts to a comment.</summary>
    /// <returns><see cref="ReactionOutcome.ThereAlready"/> also where a fault of GitHub's keeps it from being given: no command waits for that.</returns>
    public async Task<ReactionOutcome> ReactAsync(CommentId comment, Reaction reaction, CancellationToken cancellationToken)
    {
        try
        {
            return await UnlessRefusedAsync(
                () => pauses.UnlessPausedAsync(repository.Id, Pauses.Reactions, () => comments.ReactAsync(comment, reaction, cancellationToken)), ReactionOutcome.Given);
        }
        catch (RetryLaterException fault) when (fault.Holdup is Holdup.Fault)
        {
            return ReactionOutcome.ThereAlready;
        }
    }

    /// <summary>What anybody has written since, oldest first; nothing where GitHub refuses to say.</summary>
    /// <param name="since">By GitHub's clock or ours.</param>
    /// <param name="most">No more are read.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public Task<IReadOnlyList<GitHubComment>> SinceAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) => UnlessRefusedAsync(
        () => pauses.UnlessPausedAsync(repository.Id, Pauses.Comments, async () => (IReadOnlyList<GitHubComment>)await ListSince(since, cancellationToken).Take(most).ToListAsync(cancellationToken)),
        refused: []);

    private IAsyncEnumerable<GitHubComment> ListSince(DateTimeOffset since, CancellationToken cancellationToken) =>
        comments.ListAsync(number, since - ClocksDiffer, cancellationToken);

    private async Task<GitHubComment?> SearchAsync(CommentMark mark, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await foreach (var comment in ListSince(since, cancellationToken))
        {
            if (comment.User?.Login == self && comment.Body?.TrimEnd().EndsWith(mark.ToString(), StringComparison.Ordinal) is true)
            {
                return comment;
            }
        }

        return null;
    }

    private async Task<T> UnlessRefusedAsync<T>(Func<Task<T>> say, T refused)
    {
        try
        {
            return await say();
        }
        catch (GitHubRefusedException refusal) when (refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity)
        {
            refusals.Tell(repository, refusal);
            return refused;
        }
    }
}

/// <summary>What came of looking for a comment: only one that is missing may be made.</summary>
internal abstract record CommentSearch
{
    private CommentSearch()
    {
    }

    public sealed record Found(CommentId Id) : CommentSearch;

    public sealed record Missing : CommentSearch;

    /// <summary>GitHub doesn't let us look.</summary>
    public sealed record Refused : CommentSearch;
}

/// <summary>The conversations of pull requests, by the App's own access.</summary>
internal sealed class Conversations(GitHubClients github, CommentRefusals refusals, Pauses pauses, IOptions<GitHubOptions> options)
{
    public Conversation Of(Repository repository, PullRequestNumber number) => new(
        repository,
        number,
        github.Installation(repository.InstallationId).Repository(repository.FullName).Comments,
        new GitHubLogin($"{options.Value.AppSlug}[bot]"),
        refusals,
        pauses);
}

/// <summary>Tells the operator, once for each installation and answer of GitHub's, what has to be done so that the App may comment.</summary>
internal sealed partial class CommentRefusals(ILogger<CommentRefusals> logger)
{
    private readonly ConcurrentDictionary<(InstallationId Installation, HttpStatusCode Status, string Words), bool> _told = new();

    public void Tell(Repository repository, GitHubRefusedException refusal)
    {
        if (_told.TryAdd((repository.InstallationId, refusal.Status, refusal.Words), true))
        {
            Log.Refused(logger, repository.FullName, (int)refusal.Status, refusal.Words);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "GitHub refused a comment or reaction in a pull request of {Repository} with {Status}: {Words}. Deployments go on without it. Check that the App has the permission \"Issues: write\" and that its installation has accepted it; some installations also need \"Pull requests: write\". A conversation that is locked takes no comments either.")]
        public static partial void Refused(ILogger logger, RepositoryName repository, int status, string words);
    }
}

internal static class CommentsRegistration
{
    public static IServiceCollection AddComments(this IServiceCollection services) => services
        .AddSingleton<CommentRefusals>()
        .AddSingleton<Conversations>()
        .AddScoped<KeptComments>();
}
