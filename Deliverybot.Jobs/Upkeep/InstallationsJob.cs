using Deliverybot.Data;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>Closes what lost events about installations have left open: those that are gone go here too, those that are new are taken in.</summary>
internal sealed class InstallationsJob(DeliverybotContext db, GitHubClients github, KnownInstallations installations)
{
    [JobTitle("Installations are compared with GitHub's")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = await db.Installations.AsNoTracking()
            .ToDictionaryAsync(installation => installation.Id, cancellationToken);
        var differing = known.Keys.ToHashSet();
        try
        {
            await foreach (var found in github.App.ListInstallationsAsync(cancellationToken))
            {
                var isAsKnown = known.TryGetValue(found.Id, out var row)
                    && row.IsSuspended == found.IsSuspended
                    && row.AccountId is not null;
                _ = isAsKnown ? differing.Remove(found.Id) : differing.Add(found.Id);
            }

            // A list may be cut short: before rows go, GitHub is asked for that very installation.
            foreach (var id in differing)
            {
                await installations.AskAsync(id, cancellationToken);
            }
        }
        catch (RetryLaterException)
        {
            // Tomorrow's run does it.
        }
    }
}
