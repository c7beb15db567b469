using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>Keeps what the last event told of a repository: its name and default branch may change, its id doesn't.</summary>
internal sealed class RepositoryBook(DeliverybotContext db, TimeProvider time)
{
    /// <returns>Null where nothing is to be done: the App isn't installed there, or is suspended.</returns>
    public async Task<Repository?> SeeAsync(EventRepository told, InstallationId? installationId, CancellationToken cancellationToken)
    {
        if (installationId is not { } installation)
        {
            return null;
        }

        var id = new RepositoryId(told.Id);
        var known = await db.Repositories.FindAsync([id], cancellationToken);
        var account = await db.Installations.FindAsync([installation], cancellationToken);
        if (known is null || account is null)
        {
            await AddAsync(told, installation, cancellationToken);
            known = await db.Repositories.SingleAsync(repository => repository.Id == id, cancellationToken);
            account = await db.Installations.SingleAsync(row => row.Id == installation, cancellationToken);
        }

        known.InstallationId = installation;
        known.Owner = told.Owner.Login;
        known.Name = told.Name;
        known.DefaultBranch = told.DefaultBranch ?? known.DefaultBranch;
        await db.SaveChangesAsync(cancellationToken);
        return account.SuspendedAt is null ? known : null;
    }

    private async Task AddAsync(EventRepository told, InstallationId installation, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into installations (id, account, created_at) values ({installation.Value}, {told.Owner.Login}, {time.GetUtcNow()})
             on conflict (id) do nothing
             """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into repositories (id, installation_id, owner, name, default_branch)
             values ({told.Id}, {installation.Value}, {told.Owner.Login}, {told.Name}, {told.DefaultBranch ?? "main"})
             on conflict (id) do nothing
             """,
            cancellationToken);
    }
}
