using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>Keeps what the last event told of a repository: its name, owner and default branch may change, its id doesn't.</summary>
internal sealed class RepositoryBook(DeliverybotContext db, InstallationBook installations, GitHubClients github)
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

    /// <returns>Null where nothing is to be done: the App isn't installed there (any more), or is suspended.</returns>
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
            if (!await IsOfAsync(installation, known?.Repository, told, cancellationToken))
            {
                return null;
            }

            await WriteAsync(told, installation, cancellationToken);
            known = await Find(db, id);
        }

        return known is { Suspended: false } ? known.Repository : null;
    }

    /// <summary>Writes down repositories of which only the names are told; what is known of them stays.</summary>
    public Task AddAsync(InstallationId installation, IReadOnlyCollection<InstalledRepository> added, CancellationToken cancellationToken)
    {
        var ids = added.Select(repository => repository.Id).ToArray();
        var owners = added.Select(repository => repository.Name.Owner).ToArray();
        var names = added.Select(repository => repository.Name.Name).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
             insert into repositories (id, installation_id, owner, name, default_branch)
             select id, {installation.Value}, owner, name, 'main' from unnest({ids}, {owners}, {names}) as added (id, owner, name)
             on conflict (id) do update set
               installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name
             """,
            cancellationToken);
    }

    /// <summary>They go with all their rows, unless they belong to another installation by now.</summary>
    public async Task RemoveAsync(InstallationId installation, IEnumerable<RepositoryId> removed, CancellationToken cancellationToken)
    {
        var ids = removed.ToList();
        await db.Repositories
            .Where(repository => repository.InstallationId == installation && ids.Contains(repository.Id))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static bool IsAsTold(Repository known, EventRepository told, InstallationId installation) =>
        known.InstallationId == installation
        && known.Owner == told.Owner.Login
        && known.Name == told.Name
        && (told.DefaultBranch is null || known.DefaultBranch == told.DefaultBranch);

    /// <summary>
    /// An event may come late: after the App was uninstalled, after the repository was taken from it or deleted, or after it went to
    /// another account.
    /// </summary>
    private async Task<bool> IsOfAsync(InstallationId installation, Repository? known, EventRepository told, CancellationToken cancellationToken) =>
        known?.InstallationId == installation
        || (await installations.ExistsAsync(installation, cancellationToken)
            && await github.App.GetInstallationAsync(told.FullName, cancellationToken) is { } now && now.Id == installation);

    private async Task WriteAsync(EventRepository told, InstallationId installation, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into repositories (id, installation_id, owner, name, default_branch)
             values ({told.Id}, {installation.Value}, {told.Owner.Login}, {told.Name}, {told.DefaultBranch ?? "main"})
             on conflict (id) do update set
               installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name,
               default_branch = coalesce({told.DefaultBranch}, repositories.default_branch)
             """,
            cancellationToken);

    private sealed record Known(Repository Repository, bool Suspended);
}
