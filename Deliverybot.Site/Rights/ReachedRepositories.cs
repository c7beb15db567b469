using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Site.Rights;

/// <summary>
/// Which repositories the signed-in user reaches through the App, as GitHub lists them to that user. GitHub gives a hundred at a time: what
/// it said within the last minute is remembered, by a hash of the token, so by session; where it has a fault, within the last ten.
/// </summary>
internal sealed class ReachedRepositories(UserSession session, GitHubClients gitHub, GitHubSilence silence, RememberedAccess remembered, IMemoryCache cache, TimeProvider time)
{
    /// <summary>So many pages are asked for an account.</summary>
    public const int MostPages = 10;

    /// <summary>And so many beyond each account's first, for whoever is in many large accounts.</summary>
    private const int MostFurtherPages = 30;

    private const int AtOnce = 8;

    private readonly string _token = RememberedAccess.HashOf(session.Token);

    /// <summary>For a page that is opened: who has just installed the App sees it. The accounts and the first hundred of each are asked for now.</summary>
    /// <param name="only">The one account that is asked for; null: all of them.</param>
    public Task<IReadOnlyList<ReachedAccount>> LookAsync(GitHubLogin? only, CancellationToken cancellationToken) =>
        ReadAsync(only, isOpened: true, cancellationToken);

    /// <summary>For what is open already: an answer up to a minute old will do.</summary>
    /// <inheritdoc cref="LookAsync"/>
    public Task<IReadOnlyList<ReachedAccount>> RecallAsync(GitHubLogin? only, CancellationToken cancellationToken) =>
        ReadAsync(only, isOpened: false, cancellationToken);

    private async Task<IReadOnlyList<ReachedAccount>> ReadAsync(GitHubLogin? only, bool isOpened, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(only, isOpened, cancellationToken);
        }
        catch (RetryLaterException fault) when (fault.Holdup is Holdup.Fault && Recalled(only) is { Count: > 0 } recalled)
        {
            silence.Note(fault, recalled.Min(account => account.AskedAt));
            return recalled;
        }
        catch (UserTokenEndedException)
        {
            cache.Remove(new Key(_token, Installation: null));
            remembered.Forget(session.Token);
            throw;
        }
    }

    /// <summary>What GitHub listed before it had a fault.</summary>
    private IReadOnlyList<ReachedAccount> Recalled(GitHubLogin? only)
    {
        var oldest = time.GetUtcNow() - RememberedAccess.LongestInFault;
        return Find<Installations>(new Key(_token, Installation: null)) is not { } known || known.AskedAt < oldest || remembered.HasEnded(session.Token, known.AskedAt) ? [] :
        [
            .. known.Of.Where(installation => only is null || installation.Account.Login == only)
                .Select(installation => Find<ReachedAccount>(new Key(_token, installation.Id)))
                .OfType<ReachedAccount>()
                .Where(account => account.AskedAt >= oldest),
        ];
    }

    private async Task<IReadOnlyList<ReachedAccount>> AskAsync(GitHubLogin? only, bool isOpened, CancellationToken cancellationToken)
    {
        var installations = await InstallationsAsync(isOpened, cancellationToken);
        var wanted = installations.Of.Where(installation => only is null || installation.Account.Login == only).ToArray();
        var accounts = new ReachedAccount[wanted.Length];
        await ForEachAsync(wanted.Length, async (index, stop) => accounts[index] = await FirstAsync(wanted[index], isOpened, stop), cancellationToken);

        var further = accounts
            .SelectMany((account, index) => account.PagesMissing.Select(page => (Account: index, Page: page)))
            .Take(MostFurtherPages)
            .ToArray();
        var pages = new RepositoryPage?[further.Length];
        await ForEachAsync(further.Length, async (index, stop) => pages[index] = await PageAsync(wanted[further[index].Account], further[index].Page, stop), cancellationToken);
        foreach (var ((index, _), page) in further.Zip(pages))
        {
            accounts[index] = accounts[index].With(page?.Repositories ?? []);
        }

        for (var index = 0; index < accounts.Length; index++)
        {
            Remember(new Key(_token, accounts[index].Installation.Id), accounts[index]);
            accounts[index] = accounts[index] with { AskedAt = Earlier(accounts[index].AskedAt, installations.AskedAt) };
        }

        return accounts;
    }

    private async Task<Installations> InstallationsAsync(bool isOpened, CancellationToken cancellationToken)
    {
        var key = new Key(_token, Installation: null);
        if (!isOpened && Find<Installations>(key) is { } known && IsFresh(known.AskedAt))
        {
            return known;
        }

        var asked = time.GetUtcNow();
        var found = await gitHub.User(session.Token).ListInstallationsAsync(cancellationToken).ToListAsync(cancellationToken);
        var installations = new Installations([.. found.OrderBy(each => each.Account.Login.Value, StringComparer.OrdinalIgnoreCase)], asked);
        Remember(key, installations);
        return installations;
    }

    /// <summary>With what is remembered of the further pages, where there are as many repositories as then.</summary>
    private async Task<ReachedAccount> FirstAsync(GitHubInstallation installation, bool isOpened, CancellationToken cancellationToken)
    {
        var known = Find<ReachedAccount>(new Key(_token, installation.Id)) is { } account && IsFresh(account.AskedAt) ? account : null;
        if (!isOpened && known is not null)
        {
            return known with { Installation = installation };
        }

        var asked = time.GetUtcNow();
        var first = await PageAsync(installation, 1, cancellationToken) ?? new RepositoryPage(0, []);
        return known is not null && known.Total == first.TotalCount && known.Repositories.Count > RepositoryPage.Size
            ? known with { Installation = installation, Repositories = Each([.. first.Repositories, .. known.Repositories.Skip(RepositoryPage.Size)]) }
            : new ReachedAccount(installation, first.TotalCount, first.Repositories, asked);
    }

    /// <summary>Once: where one is added or gone between two questions, GitHub lists another on both pages.</summary>
    public static IReadOnlyList<RepositoryInfo> Each(IEnumerable<RepositoryInfo> repositories) => [.. repositories.DistinctBy(repository => repository.Id)];

    /// <summary>GitHub lists nothing for a suspended installation.</summary>
    private async Task<RepositoryPage?> PageAsync(GitHubInstallation installation, int page, CancellationToken cancellationToken) =>
        !installation.IsSuspended ? await gitHub.User(session.Token).ListRepositoriesAsync(installation.Id, page, cancellationToken) : null;

    private static Task ForEachAsync(int count, Func<int, CancellationToken, Task> ask, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, stop) => await ask(index, stop));

    private T? Find<T>(Key key)
        where T : class => cache.TryGetValue(key, out T? found) ? found : null;

    private void Remember(Key key, object found) => cache.Set(key, found, RememberedAccess.LongestInFault);

    private bool IsFresh(DateTimeOffset asked) => time.GetUtcNow() - asked < RememberedAccess.Longest;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Key(string TokenHash, InstallationId? Installation);

    private sealed record Installations(IReadOnlyList<GitHubInstallation> Of, DateTimeOffset AskedAt);
}

/// <summary>An account that the App is installed in, and its repositories as far as the user reaches them.</summary>
/// <param name="Total">How many there are; more than are listed where there are very many.</param>
/// <param name="AskedAt">When GitHub said the oldest part of it.</param>
internal sealed record ReachedAccount(GitHubInstallation Installation, int Total, IReadOnlyList<RepositoryInfo> Repositories, DateTimeOffset AskedAt)
{
    public IEnumerable<int> PagesMissing
    {
        get
        {
            var last = Math.Min((Total + RepositoryPage.Size - 1) / RepositoryPage.Size, ReachedRepositories.MostPages);
            for (var page = (Repositories.Count / RepositoryPage.Size) + 1; page <= last && Repositories.Count < Total; page++)
            {
                yield return page;
            }
        }
    }

    public ReachedAccount With(IReadOnlyList<RepositoryInfo> further) => this with { Repositories = ReachedRepositories.Each([.. Repositories, .. further]) };
}
