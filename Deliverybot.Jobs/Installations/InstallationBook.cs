using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Slack.Links;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>
/// Knows where the App is installed. An event that comes late must not bring back what was uninstalled, so that GitHub is
/// asked about an installation that is not known here.
/// </summary>
internal sealed class InstallationBook(DeliverybotContext db, GitHubClients github, SlackLinks slackLinks, TimeProvider time)
{
    /// <returns>False where the App isn't installed, or not any more.</returns>
    public async Task<bool> ExistsAsync(InstallationId id, CancellationToken cancellationToken) =>
        await db.Installations.AnyAsync(installation => installation.Id == id, cancellationToken) || await AskAsync(id, cancellationToken);

    /// <summary>Writes down how the installation is now at GitHub, whatever an event said of it; one that is gone goes with all its rows.</summary>
    /// <returns>Whether it exists. One of an enterprise has no repositories, and is none for us.</returns>
    public async Task<bool> AskAsync(InstallationId id, CancellationToken cancellationToken)
    {
        if (await github.App.GetInstallationAsync(id, cancellationToken) is not { HasOwner: true } found)
        {
            await RemoveAsync(id, cancellationToken);
            return false;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
             insert into installations (id, account, suspended_at, created_at)
             values ({id.Value}, {found.Account.Login.Value}, {found.SuspendedAt}, {time.GetUtcNow()})
             on conflict (id) do update set account = excluded.account, suspended_at = excluded.suspended_at
             """,
            cancellationToken);
        return true;
    }

    /// <summary>All that is kept of it goes; another installation on the same account has another id.</summary>
    public async Task RemoveAsync(InstallationId id, CancellationToken cancellationToken)
    {
        var accounts = await db.Installations.Where(installation => installation.Id == id).Select(installation => installation.Account).ToListAsync(cancellationToken);
        await db.Installations.Where(installation => installation.Id == id).ExecuteDeleteAsync(cancellationToken);
        // What is still to be processed finds that the App isn't installed, and goes by the purge.
        await db.WebhookDeliveries
            .Where(delivery => delivery.InstallationId == id && delivery.ProcessedAt != null)
            .ExecuteDeleteAsync(cancellationToken);
        if (accounts is [var account])
        {
            await slackLinks.EndOfInstallationAsync(account, cancellationToken);
        }
    }
}
