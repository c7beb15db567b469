using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.Events.Rules;

/// <summary>
/// Tells the head of a pull request that changes <c>deploy.yml</c> whether the file would be sound. It is read and judged, nothing more:
/// no rule of a pull request's is followed.
/// </summary>
internal sealed class ProposedRules(
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

/// <summary>
/// When a fork's pull request is looked at: at once, and again after ten minutes at the earliest, for anybody may push to it at any
/// rate. Each look is at the newest head, so none is lost. By this process alone; others may look as well.
/// </summary>
internal sealed class ForkLooks(TimeProvider time) : IDisposable
{
    private const int MostPullRequests = 10_000;

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _last = new(new MemoryCacheOptions { SizeLimit = MostPullRequests });
    private readonly Lock _one = new();

    /// <returns>When the look is to be; null where one is to come already.</returns>
    public DateTimeOffset? Plan(RepositoryId repository, PullRequestNumber number)
    {
        lock (_one)
        {
            var now = time.GetUtcNow();
            if (_last.TryGetValue((repository, number), out DateTimeOffset last) && last > now)
            {
                return null;
            }

            var next = last + Apart > now ? last + Apart : now;
            _last.Set((repository, number), next, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * Apart });
            return next;
        }
    }

    public void Dispose() => _last.Dispose();
}

/// <summary>Does for a pull request's event what <see cref="ProposedRules"/> couldn't do before; the event is read again while it is kept.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellChangedRulesJob")]
internal sealed class TellChangedRulesJob(DeliverybotContext db, GitHubClients github, ProposedRules proposedRules)
{
    [JobTitle("Whether delivery {0} changes deploy.yml")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800], ExceptOn = [typeof(RetryLaterException)])]
    public async Task RunAsync(long delivery, CancellationToken cancellationToken)
    {
        var kept = await db.WebhookDeliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery, cancellationToken);
        if (kept?.Read(EventJson.Default.PullRequestEvent) is not { } told)
        {
            return;
        }

        var id = new RepositoryId(told.Repository.Id);
        if (await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
        {
            await proposedRules.TellAsync(told, github.Installation(known.InstallationId).Repository(known.FullName), cancellationToken);
        }
    }
}

/// <summary>
/// Tells the head of a fork's pull request whether its <c>deploy.yml</c> is sound. It can wait, and its calls are at the bidding of people
/// without any right here: half of the hour's calls are left to others.
/// </summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellForkJob")]
internal sealed class TellForkJob(KnownRepositories repositories, GitHubClients github, ProposedRules rules)
{
    [JobTitle("deploy.yml of pull request {1} of repository {0}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(long repositoryId, int number, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repositoryId);
        if (await repositories.ConfirmAsync(id, cancellationToken) is { } repository)
        {
            var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
            client.LeaveCallsToOthers();
            await rules.TellHeadAsync(id, new PullRequestNumber(number), client, cancellationToken);
        }
    }
}
