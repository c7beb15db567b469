using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>The conversation of a pull request: its head is what is meant.</summary>
internal sealed class PullRequestPlace(CommandContext context) : CommandPlace(context.Actor)
{
    public override DeploymentVia Via => DeploymentVia.Comment;

    public override PullRequestNumber? PullRequest => context.Pull.Number;

    public override WebhookDeliveryGuid? Delivery => context.Delivery;

    public override Sentence? Closed => context.Pull.IsOpen ? null : MissingPullRequests.OverWords(context.Pull);

    public override async Task<MeantCommit> CommitAsync(string? named, CancellationToken cancellationToken) =>
        await ResolveAsync(named, cancellationToken) is { } sha
            ? new MeantCommit.Found(sha, new CommitSource.NamedIn(context.Pull, context.ReadAt, ShaNamed: named is not null))
            : new MeantCommit.None(new ActResult(ActEnd.Unknown, $"There is no commit {named} in this repository", Sentence.Empty));

    private async Task<CommitSha?> ResolveAsync(string? named, CancellationToken cancellationToken)
    {
        var head = context.Pull.Head.Sha;
        if (named is null)
        {
            return head;
        }

        var prefix = new ShaPrefix(named);
        if (prefix.Names(head))
        {
            return head;
        }

        return CommitSha.TryParse(named, out var whole)
            ? whole
            : (await context.GitHub.Commits.GetAsync(new Revision(named), cancellationToken))?.Sha is { } found && prefix.Names(found) ? found : null;
    }
}

/// <summary>Who has written a command, and where.</summary>
/// <param name="Repository">As it is known here.</param>
/// <param name="Pull">As GitHub showed it when the comment was read: its head is what is meant.</param>
/// <param name="ReadAt">When GitHub was asked for it.</param>
/// <param name="Comment">The comment that holds the command.</param>
/// <param name="Actor">The writer, who acts by the App.</param>
/// <param name="Delivery">Stands for the comment, whichever webhook brought it: by that nothing is done twice.</param>
internal sealed record CommandContext(
    Repository Repository, GitHubPullRequest Pull, DateTimeOffset ReadAt, CommentId Comment, Actor Actor, WebhookDeliveryGuid Delivery)
{
    /// <summary>What anybody has written there since, oldest first, so many at most.</summary>
    public required Func<DateTimeOffset, int, CancellationToken, Task<IReadOnlyList<GitHubComment>>> CommentsSince { get; init; }

    /// <summary>The App's own access.</summary>
    public RepositoryClient GitHub => Actor.GitHub;
}
