using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>
/// Keeps what is known of a repository: its name, owner and default branch may change, its id doesn't. Where an event tells something else
/// than is known, GitHub says how it is: the event may come late, and a former name may be another repository's by now.
/// </summary>
internal sealed class KnownRepositories(DeliverybotContext db, KnownInstallations installations, GitHubClients github, HeardNames heard, TimeProvider time)
{
    private const int MostAskedFor = 20;
    private static readonly TimeSpan WhileSuspended = TimeSpan.FromSeconds(30);

    private static readonly Func<DeliverybotContext, RepositoryId, Task<Known?>> Find = EF.CompileAsyncQuery(
        (DeliverybotContext db, RepositoryId id) => db.Repositories.AsNoTracking()
            .Where(repository => repository.Id == id)
            .Join(
                db.Installations,
                repository => repository.InstallationId,
                installation => installation.Id,
                (repository, installation) => new Known(repository, installation))
            .FirstOrDefault());

    /// <returns>Null where nothing is to be done: the App isn't installed there (any more).</returns>
    /// <exception cref="RetryLaterException">The installation is suspended: what came just before that, or while it was ended, isn't lost.</exception>
    public async Task<Repository?> SeeAsync(SeenRepository told, InstallationId? installationId, CancellationToken cancellationToken)
    {
        if (installationId is not { } installation)
        {
            return null;
        }

        var known = await Find(db, told.Id);
        if (known is null || !IsAsTold(known.Repository, told, installation))
        {
            if (!await IsOfAsync(installation, known?.Repository, told, cancellationToken))
            {
                return null;
            }

            if (await installations.IsSuspendedAsync(installation, cancellationToken))
            {
                throw Suspended(told.Name.Owner);
            }

            if ((known is null ? told : await NowAsync(told.Id, installation, cancellationToken)) is not { } now)
            {
                return null;
            }

            await WriteAsync(now, installation, cancellationToken);
            known = await Find(db, told.Id);
        }

        if (known is null)
        {
            return null;
        }

        if (known.Installation.IsSuspended)
        {
            throw Suspended(known.Repository.Owner);
        }

        heard.Note(told.Id);
        return known.Repository;
    }

    /// <returns>Whether the App is installed there, and not suspended.</returns>
    public async Task<bool> CoversAsync(SeenRepository told, InstallationId? installation, CancellationToken cancellationToken) =>
        installation is { } id
        && !await installations.IsSuspendedAsync(id, cancellationToken)
        && await SeeAsync(told, id, cancellationToken) is not null;

    private RetryLaterException Suspended(string owner) =>
        new(time.GetUtcNow() + WhileSuspended, $"The App is suspended at {owner}.") { Holdup = Holdup.Access };

    /// <summary>
    /// For what is done there without an event that has just named it: that it was renamed may never have been told, and another may be
    /// called so by now.
    /// </summary>
    /// <returns>Null where nothing is to be done: it is gone, or not the App's any more, or suspended.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Repository?> ConfirmAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        if (await Find(db, id) is not { Installation.IsSuspended: false, Repository: var known })
        {
            return null;
        }

        return heard.IncludeLately(id) ? known
            : await NowAsync(id, known.InstallationId, cancellationToken) is { } now
                ? await SeeAsync(now, known.InstallationId, cancellationToken)
                : null;
    }

    /// <summary>
    /// Writes down repositories of which only the names are told, if the App is let into them: the event may come late. Those that are known
    /// are asked for where they seem to have moved.
    /// </summary>
    public async Task AddAsync(InstallationId installation, IReadOnlyCollection<SeenRepository> added, CancellationToken cancellationToken)
    {
        var ids = added.Select(repository => repository.Id).ToList();
        var known = await db.Repositories.AsNoTracking()
            .Where(repository => ids.Contains(repository.Id))
            .ToDictionaryAsync(repository => repository.Id, cancellationToken);
        foreach (var told in added.Where(told => known.TryGetValue(told.Id, out var row) && (row.InstallationId != installation || row.FullName != told.Name)))
        {
            await SeeAsync(told, installation, cancellationToken);
        }

        var found = await CoveredAsync(installation, [.. added.Where(told => !known.ContainsKey(told.Id))], cancellationToken);
        var numbers = found.Select(repository => repository.Id.Value).ToArray();
        var owners = found.Select(repository => repository.Name.Owner).ToArray();
        var names = found.Select(repository => repository.Name.Name).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into repositories (id, installation_id, owner, name, default_branch)
             select id, {installation.Value}, owner, name, 'main' from unnest({numbers}, {owners}, {names}) as added (id, owner, name)
             on conflict (id) do nothing
             """,
            cancellationToken);
    }

    /// <summary>
    /// Those that GitHub has put out of the installation, or has no more, go with all their rows. One that has come to another installation
    /// of the App's is kept as that one's.
    /// </summary>
    /// <returns>Those that are there as before, whatever was told.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now: nothing goes before it can.</exception>
    public async Task<IReadOnlyList<RepositoryId>> RemoveGoneAsync(
        InstallationId installation, IReadOnlyCollection<RepositoryId> told, CancellationToken cancellationToken)
    {
        var rows = await db.Repositories.AsNoTracking()
            .Where(repository => repository.InstallationId == installation && told.Contains(repository.Id))
            .ToListAsync(cancellationToken);
        if (rows is [] || !await installations.AskAsync(installation, cancellationToken))
        {
            return [];
        }

        var left = new List<RepositoryId>();
        foreach (var row in rows)
        {
            var there = db.Repositories.Where(repository => repository.Id == row.Id && repository.InstallationId == installation);
            switch (await InstallationOfAsync(row, cancellationToken))
            {
                case null:
                    await there.ExecuteDeleteAsync(cancellationToken);
                    break;
                case { } same when same == installation:
                    left.Add(row.Id);
                    break;
                case { } other when await installations.ExistsAsync(other, cancellationToken):
                    await there.ExecuteUpdateAsync(moved => moved.SetProperty(repository => repository.InstallationId, other), cancellationToken);
                    break;
            }
        }

        return left;
    }

    /// <summary>A few are asked for one by one; of many, all that the App is let into are listed, a hundred a call.</summary>
    private async Task<IReadOnlyList<SeenRepository>> CoveredAsync(
        InstallationId installation, IReadOnlyList<SeenRepository> told, CancellationToken cancellationToken)
    {
        if (told.Count > MostAskedFor)
        {
            var covered = await github.Installation(installation).ListRepositoriesAsync(cancellationToken)
                .Select(repository => repository.Id)
                .ToHashSetAsync(cancellationToken: cancellationToken);
            return [.. told.Where(repository => covered.Contains(repository.Id))];
        }

        var there = new List<SeenRepository>(told.Count);
        foreach (var repository in told)
        {
            if (await github.App.GetInstallationAsync(repository.Name, cancellationToken) is { } now && now.Id == installation)
            {
                there.Add(repository);
            }
        }

        return there;
    }

    /// <summary>The installation that covers a repository by now; null: none does, or there is no such repository.</summary>
    private async Task<InstallationId?> InstallationOfAsync(Repository row, CancellationToken cancellationToken)
    {
        // While an installation is suspended, its token sees nothing: then the name has to do.
        var isBlind = await installations.IsSuspendedAsync(row.InstallationId, cancellationToken);
        var seen = isBlind ? null : await github.Installation(row.InstallationId).FindRepositoryAsync(row.Id, cancellationToken);

        // A public repository is seen by everybody, so that only the App itself can ask whether it is let in.
        if (await github.App.GetInstallationAsync(seen?.Name ?? row.FullName, cancellationToken) is not { Id: var now })
        {
            return null;
        }

        if (seen is not null || (isBlind && now == row.InstallationId))
        {
            return now;
        }

        // Not to be seen any more: its former name leads to where it has gone, unless another repository is called so by now.
        return now != row.InstallationId && await github.Installation(now).FindRepositoryAsync(row.Id, cancellationToken) is not null ? now : null;
    }

    /// <summary>How GitHub has it now; null where the installation doesn't see it.</summary>
    private async Task<SeenRepository?> NowAsync(RepositoryId id, InstallationId installation, CancellationToken cancellationToken) =>
        await github.Installation(installation).FindRepositoryAsync(id, cancellationToken) is { } now
            ? new SeenRepository(id, now.Name, now.DefaultBranchName)
            : null;

    private static bool IsAsTold(Repository known, SeenRepository told, InstallationId installation) =>
        known.InstallationId == installation
        && known.Owner == told.Name.Owner
        && known.Name == told.Name.Name
        && (told.DefaultBranch is null || known.DefaultBranch == told.DefaultBranch);

    /// <summary>
    /// An event may come late: after the App was uninstalled, after the repository was taken from it or deleted, or after it went to
    /// another account.
    /// </summary>
    private async Task<bool> IsOfAsync(InstallationId installation, Repository? known, SeenRepository told, CancellationToken cancellationToken) =>
        known?.InstallationId == installation
        || (await installations.ExistsAsync(installation, cancellationToken)
            && await github.App.GetInstallationAsync(told.Name, cancellationToken) is { } now && now.Id == installation);

    private async Task WriteAsync(SeenRepository told, InstallationId installation, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into repositories (id, installation_id, owner, name, default_branch)
             values ({told.Id.Value}, {installation.Value}, {told.Name.Owner}, {told.Name.Name}, {told.DefaultBranch ?? "main"})
             on conflict (id) do update set
               installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name,
               default_branch = coalesce({told.DefaultBranch}, repositories.default_branch),
               deploy_file_fault = case when coalesce({told.DefaultBranch}, repositories.default_branch) = repositories.default_branch then repositories.deploy_file_fault end
             """,
            cancellationToken);

    private sealed record Known(Repository Repository, Installation Installation);
}
