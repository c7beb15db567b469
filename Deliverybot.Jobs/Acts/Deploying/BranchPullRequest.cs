using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>
/// The pull request that a commit belongs to which was looked at on a branch, so that a click, Slack and a comment know the same. GitHub
/// is asked only where that makes a difference.
/// </summary>
internal static class BranchPullRequest
{
    /// <param name="lookedAt">The branch or tag.</param>
    /// <param name="targets">Where the commit is to go.</param>
    /// <param name="github">Whoever asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if the branch has none that is open, or no target cares.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public static async Task<PullRequestNumber?> FindAsync(
        GitRef lookedAt, IEnumerable<Target> targets, RepositoryClient github, CancellationToken cancellationToken) =>
        lookedAt.IsBranch && targets.Any(target => target.DependsOnPullRequest)
            ? (await github.PullRequests.FindOpenAsync(lookedAt, cancellationToken))?.Number
            : null;
}
