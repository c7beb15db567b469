using System.ComponentModel;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>Does for a pull request's event what <see cref="ChangedRules"/> couldn't do before; the event is read again while it is kept.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellChangedRulesJob")]
internal sealed class TellChangedRulesJob(DeliverybotContext db, GitHubClients github, ChangedRules changedRules)
{
    [DisplayName("Whether delivery {0} changes deploy.yml")]
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
            await changedRules.TellAsync(told, github.Installation(known.InstallationId).Repository(known.FullName), cancellationToken);
        }
    }
}
