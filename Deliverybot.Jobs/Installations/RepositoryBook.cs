using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>Keeps what the last event told of a repository: its name and default branch may change, its id doesn't.</summary>
internal sealed class RepositoryBook(DeliverybotContext db, TimeProvider time)
{
    private static readonly Func<DeliverybotContext, RepositoryId, Task<Known?>> Find = EF.CompileAsyncQuery(
        (DeliverybotContext db, RepositoryId id) => db.Repositories.AsNoTracking()
            .Where(repository => repository.Id == id)
            .Join(
                db.Installations,
                repository => repository.InstallationId,
                installation => installation.Id,
                (repository, installation) => new Known(repository, installation.SuspendedAt != null))
            .FirstOrDefault());

    /// <returns>Null where nothing is to be done: the App isn't installed there, or is suspended.</returns>
    public async Task<Repository?> SeeAsync(EventRepository told, InstallationId? installationId, CancellationToken cancellationToken)
    {
        if (installationId is not { } installation)
        {
            return null;
        }

        var id = new RepositoryId(told.Id);
        var known = await Find(db, id);
        if (known is null || !IsAsTold(known.Repository, told, installation))
        {
            await WriteAsync(told, installation, cancellationToken);
            known = await Find(db, id);
        }

        return known is { Suspended: false } ? known.Repository : null;
    }

    private static bool IsAsTold(Repository known, EventRepository told, InstallationId installation) =>
        known.InstallationId == installation
        && known.Owner == told.Owner.Login
        && known.Name == told.Name
        && (told.DefaultBranch is null || known.DefaultBranch == told.DefaultBranch);

    private async Task WriteAsync(EventRepository told, InstallationId installation, CancellationToken cancellationToken)
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
             on conflict (id) do update set
               installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name,
               default_branch = coalesce({told.DefaultBranch}, repositories.default_branch)
             """,
            cancellationToken);
    }

    private sealed record Known(Repository Repository, bool Suspended);
}
