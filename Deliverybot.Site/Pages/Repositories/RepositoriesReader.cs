using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>Reads what the user reaches through the App: which repositories these are from GitHub, how their environments stand from our rows.</summary>
internal sealed class RepositoriesReader(
    ReachedRepositories reached, LastingEnvironments environments, DeliverybotContext database, RecentRepositories recent, IHttpContextAccessor requests, TimeProvider time)
{
    /// <summary>Rows of one account on a page.</summary>
    public const int MostLines = 100;

    /// <summary>Rows of all accounts, and of each where there are very many.</summary>
    private const int MostLinesOfAll = 300;
    private const int FewestLines = 10;

    /// <param name="isOpened">Whether the page is opened now; else it is open, and an answer of GitHub's up to a minute old will do.</param>
    /// <returns>Null if the user reaches no installation in that account.</returns>
    public async Task<ReachedView?> ReadAsync(ReachedQuery query, bool isOpened, CancellationToken cancellationToken)
    {
        var accounts = isOpened ? await reached.LookAsync(query.Owner, cancellationToken) : await reached.RecallAsync(query.Owner, cancellationToken);
        if (query.Owner is not null && accounts.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var survey = await environments.SurveyAsync(
            [.. accounts.SelectMany(account => account.Repositories).Select(repository => repository.Id).Distinct()], cancellationToken);
        var windows = WindowsOf(accounts, query, survey.Repositories);
        var shown = windows.SelectMany(window => window.Shown).Select(repository => repository.Id).ToHashSet();
        var found = await environments.ReadAsync(survey, shown, cancellationToken);
        var standing = found.ToLookup(environment => environment.Repository);
        List<RepositoryInfo> all = [.. accounts.SelectMany(account => account.Repositories)];
        var own = all.Where(MayAct).ToList();
        var broken = await BrokenAsync(own, cancellationToken);
        var needs = NeedsView.Of(
            own.SelectMany(repository => standing[repository.Id].SelectMany(stands => Need.Of(repository, stands, now))).Concat(broken),
            isOfAll: own.Count == all.Count(repository => !repository.Archived),
            query.AllNeeds);
        var previews = await PreviewedAsync([.. shown.Where(id => !standing.Contains(id))], cancellationToken);
        return new ReachedView(query, [.. windows.Select(window => Compose(window, standing, previews, now))], needs, StateOf(found, needs, now));
    }

    private static bool MayAct(RepositoryInfo repository) => repository.Permission >= RepositoryPermission.Write && !repository.Archived;

    private async Task<IReadOnlyList<Need>> BrokenAsync(IReadOnlyList<RepositoryInfo> repositories, CancellationToken cancellationToken)
    {
        RepositoryId[] ids = [.. repositories.Select(repository => repository.Id)];
        var found = await database.Repositories.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.DeployFileFault != null)
            .Select(row => new { row.Id, row.DeployFileFault, row.DeployFileFaultAt })
            .ToListAsync(cancellationToken);
        var names = repositories.DistinctBy(repository => repository.Id).ToDictionary(repository => repository.Id, repository => repository.Name);
        return [.. found.Select(row => Need.OfBrokenFile(names[row.Id], row.DeployFileFault!, row.DeployFileFaultAt ?? default))];
    }

    /// <summary>Of each account the part that is shown; of a search, those in which something was found.</summary>
    private List<Window> WindowsOf(IReadOnlyList<ReachedAccount> accounts, ReachedQuery query, IReadOnlySet<RepositoryId> deployed)
    {
        var visited = recent.Read(requests.HttpContext!.Request).Index().ToDictionary(item => item.Item, item => item.Index);
        var left = MostLinesOfAll;
        var windows = new List<Window>(accounts.Count);
        foreach (var account in accounts)
        {
            var matching = account.Repositories.Where(repository => query.Matches(repository.Name)).ToList();
            if (query is { Find: not null, Owner: null } && matching.Count == 0)
            {
                continue;
            }

            var shown = matching
                .OrderBy(repository => visited.GetValueOrDefault(repository.Id, int.MaxValue))
                .ThenBy(repository => deployed.Contains(repository.Id) ? 0 : 1)
                .ThenBy(repository => repository.Name.Name, StringComparer.OrdinalIgnoreCase)
                .Skip(query.Owner is null ? 0 : (query.Number - 1) * MostLines)
                .Take(Math.Clamp(left, FewestLines, MostLines))
                .ToList();
            left -= shown.Count;
            windows.Add(new Window(account, shown, query.Find is null ? account.Total : matching.Count));
        }

        return windows;
    }

    private static AccountView Compose(Window window, ILookup<RepositoryId, LastingEnvironment> standing, HashSet<RepositoryId> previews, DateTimeOffset now)
    {
        var pipelines = window.Shown.ToDictionary(repository => repository.Id, repository => new PipelineOrder([.. standing[repository.Id]]));
        var columns = PipelineOrder.ColumnsOf(pipelines.Values);
        var lines = window.Shown.Select(repository => LineOf(repository, pipelines[repository.Id], columns, previews, now)).ToList();
        return new AccountView(
            window.Account.Installation.Account.Login,
            window.Account.Installation.Account.AvatarUrl,
            window.Account.Installation.IsSuspended,
            columns,
            lines.Exists(line => line.Others.Count > 0),
            lines,
            window.Total,
            Math.Max(0, window.Account.Total - window.Account.Repositories.Count));
    }

    private static RepositoryLine LineOf(
        RepositoryInfo repository, PipelineOrder pipeline, IReadOnlyList<EnvironmentName> columns, HashSet<RepositoryId> previews, DateTimeOffset now)
    {
        var places = pipeline.InOrder.Select(stands => PlaceView.Of(stands, pipeline.AheadOf(stands), now)).ToList();
        return new RepositoryLine(
            repository.Id,
            repository.Name,
            repository.Description,
            repository.Private,
            [.. columns.Select(column => places.Find(place => place.Environment == column))],
            [.. places.Where(place => !columns.Contains(place.Environment))],
            previews.Contains(repository.Id));
    }

    private static PageState StateOf(IReadOnlyList<LastingEnvironment> found, NeedsView needs, DateTimeOffset now) =>
        needs.Shown is [{ Kind: NeedKind.Broken or NeedKind.Failed }, ..] ? PageState.Failing
        : found.Any(environment => environment.Coming.Any(row => row.State.IsActive() && row.SilentSince(now) is null)) ? PageState.Busy
        : found.Any(environment => environment.Live is not null) ? PageState.Live
        : PageState.Quiet;

    /// <summary>Which of those without a lasting environment have had something deployed at all.</summary>
    private async Task<HashSet<RepositoryId>> PreviewedAsync(RepositoryId[] repositories, CancellationToken cancellationToken)
    {
        if (repositories.Length == 0)
        {
            return [];
        }

        // One look into the index for each.
        var numbers = repositories.Select(repository => repository.Value).ToArray();
        var found = await database.Database
            .SqlQuery<long>(
                $"""
                select repository.id as "Value" from unnest({numbers}) as repository (id) cross join lateral (
                  select from deployments where repository_id = repository.id and github_id is not null order by id desc limit 1
                ) any_of_it
                """)
            .ToListAsync(cancellationToken);
        return [.. found.Select(id => new RepositoryId(id))];
    }

    /// <param name="Total">How many there are in all, or of a search how many were found.</param>
    private sealed record Window(ReachedAccount Account, IReadOnlyList<RepositoryInfo> Shown, int Total);
}
