using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Tells a pull request that nothing is deployed by itself, or that it is again, where GitHub couldn't take that before.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellBrokenRulesJob")]
internal sealed class TellBrokenRulesJob(DeliverybotContext db, GitHubClients github, DeployFiles files, BrokenRules broken)
{
    [DisplayName("Whether pull request {1} could be deployed by itself")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800], ExceptOn = [typeof(RetryLaterException)])]
    public async Task RunAsync(long repository, int number, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repository);
        if (await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
        {
            var client = github.Installation(known.InstallationId).Repository(known.FullName);
            var file = await files.ReadAsync(client, GitRef.Branch(known.DefaultBranch), cancellationToken);
            await broken.TellAsync(known, new PullRequestNumber(number), file, cancellationToken);
        }
    }
}
