using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>Reads what the user reaches through the App: the accounts from GitHub, the newest deployments from our rows.</summary>
internal sealed class RepositoriesReader(
    UserSession session, GitHubClients gitHub, DeliverybotContext database, RecentRepositories recent, IHttpContextAccessor requests)
{
    public const int FirstPage = 1;

    /// <summary>GitHub has no search for these lists: as many pages are read for one.</summary>
    private const int MostPagesSearched = 10;

    /// <param name="find">Part of the names to list; null: the first page of each account.</param>
    /// <returns>All accounts; of a search, those in which something was found.</returns>
    public async Task<IReadOnlyList<InstallationView>> AllAsync(string? find, CancellationToken cancellationToken)
    {
        var installations = await InstallationsAsync(cancellationToken);
        var pages = await Task.WhenAll(installations.Select(installation => find is { Length: > 0 }
            ? FindAsync(installation, find, cancellationToken)
            : PageAsync(installation, FirstPage, cancellationToken)));
        var found = installations.Zip(pages).Where(item => find is not { Length: > 0 } || item.Second.TotalCount > 0);
        return await WithDeploymentsAsync([.. found], cancellationToken);
    }

    /// <returns>Null if the user reaches no installation in that account.</returns>
    public async Task<InstallationView?> OfAsync(GitHubLogin owner, int page, CancellationToken cancellationToken)
    {
        var installation = (await InstallationsAsync(cancellationToken)).Find(installation => installation.Account.Login == owner);
        if (installation is null)
        {
            return null;
        }

        var views = await WithDeploymentsAsync([(installation, await PageAsync(installation, page, cancellationToken))], cancellationToken);
        return views[0];
    }

    private async Task<List<GitHubInstallation>> InstallationsAsync(CancellationToken cancellationToken)
    {
        var installations = await gitHub.User(session.Token).ListInstallationsAsync(cancellationToken).ToListAsync(cancellationToken);
        return [.. installations.OrderBy(installation => installation.Account.Login.Value, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>GitHub lists nothing for a suspended installation.</summary>
    private async Task<RepositoryPage> PageAsync(GitHubInstallation installation, int page, CancellationToken cancellationToken) =>
        !installation.IsSuspended && await gitHub.User(session.Token).ListRepositoriesAsync(installation.Id, page, cancellationToken) is { } found
            ? found
            : new RepositoryPage(0, []);

    private async Task<RepositoryPage> FindAsync(GitHubInstallation installation, string find, CancellationToken cancellationToken)
    {
        var words = find.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var matching = new List<RepositoryInfo>();
        for (var number = FirstPage; number <= MostPagesSearched; number++)
        {
            var page = await PageAsync(installation, number, cancellationToken);
            matching.AddRange(page.Repositories.Where(repository =>
                words.All(word => repository.Name.ToString().Contains(word, StringComparison.OrdinalIgnoreCase))));
            if (page.TotalCount <= number * RepositoryPage.Size)
            {
                break;
            }
        }

        return new RepositoryPage(matching.Count, matching);
    }

    private async Task<IReadOnlyList<InstallationView>> WithDeploymentsAsync(
        IReadOnlyCollection<(GitHubInstallation Installation, RepositoryPage Page)> found,
        CancellationToken cancellationToken)
    {
        var newest = await NewestAsync([.. found.SelectMany(item => item.Page.Repositories).Select(repository => repository.Id)], cancellationToken);
        var visited = recent.Read(requests.HttpContext!.Request).Index().ToDictionary(item => item.Item, item => item.Index);
        return
        [
            .. found.Select(item => new InstallationView(
                item.Installation.Account.Login,
                item.Installation.Account.AvatarUrl,
                item.Installation.IsSuspended,
                [
                    .. item.Page.Repositories
                        .OrderBy(repository => visited.GetValueOrDefault(repository.Id, int.MaxValue))
                        .ThenByDescending(repository => newest.GetValueOrDefault(repository.Id)?.At)
                        .ThenBy(repository => repository.Name.Name, StringComparer.OrdinalIgnoreCase)
                        .Select(repository => new RepositoryLine(repository.Name, repository.Description, repository.Private, newest.GetValueOrDefault(repository.Id))),
                ],
                item.Page.TotalCount)),
        ];
    }

    private async Task<Dictionary<RepositoryId, RepositoryLine.Latest>> NewestAsync(RepositoryId[] repositories, CancellationToken cancellationToken)
    {
        // One look into the index for each repository: EF Core would number all rows of the history instead.
        var numbers = repositories.Select(repository => repository.Value).ToArray();
        var rows = await database.Deployments
            .FromSql(
                $"""
                select newest.* from unnest({numbers}) as repository (id) cross join lateral (
                  select *, xmin from deployments where repository_id = repository.id order by id desc limit 1
                ) newest
                """)
            .AsNoTracking()
            .Select(row => new { row.RepositoryId, row.Id, row.Environment, row.State, row.AwaitsApproval, Counts = row.DoesNotCount == null, WasThere = row.SucceededAt != null, row.UpdatedAt })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.RepositoryId,
            row => new RepositoryLine.Latest(
                row.Environment,
                StateView.Of(row.State, row.AwaitsApproval, row.Counts, isLive: row.State == DeploymentState.Success, row.WasThere),
                row.UpdatedAt,
                row.Id));
    }
}
