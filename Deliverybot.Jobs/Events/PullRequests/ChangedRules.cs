using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Hangfire.States;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// Tells the head of a pull request that changes <c>deploy.yml</c> whether the file would be sound. It is read and judged, nothing more:
/// no rule of a pull request's is followed.
/// </summary>
internal sealed class ChangedRules(
    DeployFiles deployFiles, ToldRules toldRules, ConfigStatuses statuses, ForkLooks looks, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>No push tells of a fork's commits. Who pushes there may be anybody, so a job looks at them, and rarely.</summary>
    public void TellFork(PullRequestEvent told)
    {
        var (repository, number) = (told.Repository.Id, told.PullRequest.Number);
        if (looks.Plan(new RepositoryId(repository), number) is { } at)
        {
            jobs.Create<TellForkJob>(
                job => job.RunAsync(repository, number.Value, CancellationToken.None),
                at > time.GetUtcNow() ? new ScheduledState(at.UtcDateTime) : new EnqueuedState());
        }
    }

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

        await toldRules.NoteAsync(repository, branch, await TellHeadAsync(repository, told.PullRequest.Number, github, cancellationToken), cancellationToken);
    }

    /// <returns>The head that was told; null if it doesn't change the file.</returns>
    public async Task<CommitSha?> TellHeadAsync(RepositoryId repository, PullRequestNumber number, RepositoryClient github, CancellationToken cancellationToken)
    {
        var asked = await github.PullRequests.AskForFileAsync(number, DeployFiles.Path, DeployFiles.Misnamed, cancellationToken);
        if (asked is not { IsChanged: true } and not { BringsMisnamed: true })
        {
            return null;
        }

        // GitHub shows commits of forks under the base repository's address, too.
        var file = await deployFiles.AskAsync(github, asked.Head, cancellationToken);
        if (!asked.IsChanged && file is not DeployFileState.Misnamed)
        {
            return null;
        }

        await statuses.WriteAsync(github, repository, asked.Head, file, cancellationToken);
        return asked.Head;
    }
}
