using Deliverybot.Data.Names;
using Deliverybot.Jobs.Branches;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Statuses;

namespace Deliverybot.Jobs.PullRequests;

/// <summary>
/// Tells the head of a pull request that changes <c>deploy.yml</c> whether the file would be sound. It is read and judged, nothing more:
/// no rule of a pull request's is followed.
/// </summary>
internal sealed class ChangedRules(DeployFiles deployFiles, ToldRules toldRules, ConfigStatuses statuses)
{
    /// <summary>No push tells of a fork's commits.</summary>
    public Task TellForkAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken) =>
        TellIfChangedAsync(told, github, cancellationToken);

    /// <summary>
    /// Pushes have told the commits that change the file. Later ones, and those from before the App came, are told here; while a branch
    /// isn't known to change it, new commits cost no call.
    /// </summary>
    public async Task TellAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken)
    {
        var (repository, branch) = (new RepositoryId(told.Repository.Id), GitRef.Branch(told.PullRequest.Head.Ref));
        var last = await toldRules.LastAsync(repository, branch, cancellationToken);
        if (last == told.PullRequest.Head.Sha || (last is null && told.Action == "synchronize"))
        {
            return;
        }

        CommitSha? head = await TellIfChangedAsync(told, github, cancellationToken) ? told.PullRequest.Head.Sha : null;
        await toldRules.NoteAsync(repository, branch, head, cancellationToken);
    }

    private async Task<bool> TellIfChangedAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (!await github.PullRequests.TouchesAsync(told.PullRequest.Number, DeployFiles.Path, cancellationToken))
        {
            return false;
        }

        // GitHub shows commits of forks under the base repository's address, too.
        var head = told.PullRequest.Head.Sha;
        await statuses.WriteAsync(github, head, await deployFiles.ReadAsync(github, head, cancellationToken), cancellationToken);
        return true;
    }
}
