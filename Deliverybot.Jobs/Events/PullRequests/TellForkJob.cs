using System.ComponentModel;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// Tells the head of a fork's pull request whether its <c>deploy.yml</c> is sound. It can wait, and its calls are at the bidding of people
/// without any right here: half of the hour's calls are left to others.
/// </summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellForkJob")]
internal sealed class TellForkJob(RepositoryBook repositories, GitHubClients github, ChangedRules rules)
{
    [DisplayName("deploy.yml of pull request {1} of repository {0}")]
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
