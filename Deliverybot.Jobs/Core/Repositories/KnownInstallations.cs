using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>
/// Knows where the App is installed. An event that comes late must not bring back what was uninstalled, so that GitHub is
/// asked about an installation that is not known here.
/// </summary>
internal sealed class KnownInstallations(DeliverybotContext db, GitHubClients github, IEndsWithInstallation others, TimeProvider time)
{
    /// <returns>False where the App isn't installed, or not any more.</returns>
    public async Task<bool> ExistsAsync(InstallationId id, CancellationToken cancellationToken) =>
        await db.Installations.AnyAsync(installation => installation.Id == id, cancellationToken) || await AskAsync(id, cancellationToken);

    /// <summary>
    /// Writes down how the installation is now at GitHub, whatever an event said of it; one that is gone goes with all its rows. Only GitHub's
    /// own word that there is no such installation counts for that: whatever else it answers is a fault, and asked again later.
    /// </summary>
    /// <returns>Whether it exists. One of an enterprise has no repositories, and is none for us.</returns>
    public async Task<bool> AskAsync(InstallationId id, CancellationToken cancellationToken)
    {
        var found = await github.App.GetInstallationAsync(id, cancellationToken);
        if (found is null)
        {
            await RemoveAsync(id, cancellationToken);
            return false;
        }

        if (!found.HasOwner)
        {
            return false;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
             insert into installations (id, account, account_id, suspended_at, created_at)
             values ({id.Value}, {found.Account.Login.Value}, {found.Account.Id.Value}, {found.SuspendedAt}, {time.GetUtcNow()})
             on conflict (id) do update set account = excluded.account, account_id = excluded.account_id, suspended_at = excluded.suspended_at
             """,
            cancellationToken);
        return true;
    }

    public Task<bool> IsSuspendedAsync(InstallationId id, CancellationToken cancellationToken) =>
        db.Installations.Suspended().AnyAsync(installation => installation.Id == id, cancellationToken);

    /// <summary>All that is kept of it goes, its own row as the last: cut off before that, it is done again. Another installation on the same account has another id.</summary>
    private async Task RemoveAsync(InstallationId id, CancellationToken cancellationToken)
    {
        var accounts = await db.Installations.Where(installation => installation.Id == id).Select(installation => installation.AccountId).ToListAsync(cancellationToken);
        if (accounts is [var account])
        {
            await others.EndOfInstallationAsync(id, account, cancellationToken);
        }

        // What is still to be processed finds that the App isn't installed, and goes by the purge.
        await db.WebhookDeliveries
            .Where(delivery => delivery.InstallationId == id && delivery.ProcessedAt != null)
            .ExecuteDeleteAsync(cancellationToken);
        await db.Installations.Where(installation => installation.Id == id).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>What else ends when an account uninstalls the App: whoever keeps something for it knows how.</summary>
internal interface IEndsWithInstallation
{
    /// <param name="id">Its row is still there.</param>
    /// <param name="account">Who had it; null where that was never told.</param>
    Task EndOfInstallationAsync(InstallationId id, GitHubUserId? account, CancellationToken cancellationToken);
}
