using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Statuses;

namespace Deliverybot.Jobs.PullRequests;

/// <summary>
/// No push tells of a fork's commits, so a pull request that changes <c>deploy.yml</c> is told here whether the file would be sound.
/// It is read and judged, nothing more: no rule of a fork's is ever followed.
/// </summary>
internal sealed class ForkRules(DeployFiles deployFiles, ConfigStatuses statuses)
{
    public async Task TellAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await github.PullRequests.TouchesAsync(told.PullRequest.Number, DeployFiles.Path, cancellationToken))
        {
            // GitHub shows commits of forks under the base repository's address, too.
            var head = told.PullRequest.Head.Sha;
            await statuses.WriteAsync(github, head, await deployFiles.ReadAsync(github, head, cancellationToken), cancellationToken);
        }
    }
}
