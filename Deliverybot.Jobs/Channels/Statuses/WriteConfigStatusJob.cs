using System.ComponentModel;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Tells a commit whether its <c>deploy.yml</c> is sound, where GitHub couldn't take that before.</summary>
[StoredAs("Deliverybot.Jobs.Statuses.WriteConfigStatusJob")]
internal sealed class WriteConfigStatusJob(RepositoryBook repositories, GitHubClients github, DeployFiles files, ConfigStatuses statuses)
{
    [DisplayName("Commit status about deploy.yml of {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800], ExceptOn = [typeof(RetryLaterException)])]
    public async Task RunAsync(long repository, string sha, CancellationToken cancellationToken)
    {
        var (id, commit) = (new RepositoryId(repository), CommitSha.Parse(sha));
        if (await repositories.ConfirmAsync(id, cancellationToken) is { } known)
        {
            var client = github.Installation(known.InstallationId).Repository(known.FullName);
            await statuses.WriteAsync(client, id, commit, await files.AskAsync(client, commit, cancellationToken), cancellationToken);
        }
    }
}
