using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// Whoever may read may open a pull request of any branch that is there, and its author, or somebody with the role triage, may close and open
/// it again. What follows from that here needs the right of its own act, which is asked of GitHub at that moment.
/// </summary>
internal static class SenderRights
{
    /// <summary>
    /// An App has no role in a repository: to open a pull request it needs a permission that the repository's owner gave it, and so it does to
    /// merge, for which GitHub wants write access to the contents. To close one says nothing of that.
    /// </summary>
    public static async Task<bool> MayWriteAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken) =>
        told.Sender is { } sender
        && (sender.IsBot
            ? !told.IsClosed || told.PullRequest.Merged is true
            : await github.Collaborators.MayWriteAsync(EventAccount.UserOf(sender), cancellationToken));
}
