using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Site.Rights;

/// <summary>
/// Whether the App is let into a repository that somebody looks at: everybody sees a public one. GitHub is asked only about what isn't known
/// here, and once a minute.
/// </summary>
internal sealed class AppCoverage(
    RepositoryAuthorization authorization,
    UserSession session,
    GitHubSilence silence,
    GitHubClients gitHub,
    DeliverybotContext database,
    IMemoryCache cache,
    TimeProvider time)
{
    private readonly Dictionary<RepositoryName, AppAbsence?> found = [];

    /// <returns>What keeps the App out; null where nothing does, or where GitHub can't say so now.</returns>
    public async Task<AppAbsence?> FindAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        // The page asks because of its buttons, and the layout for the note.
        if (!found.TryGetValue(name, out var absence))
        {
            found[name] = absence = await LookAsync(name, cancellationToken);
        }

        return absence;
    }

    private async Task<AppAbsence?> LookAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        try
        {
            if (await authorization.LookAsync(name, cancellationToken) is not { Id: var id })
            {
                return null;
            }

            var known = await database.Repositories.AsNoTracking()
                .Where(repository => repository.Id == id)
                .Join(database.Installations, repository => repository.InstallationId, installation => installation.Id, (_, installation) => installation)
                .ToListAsync(cancellationToken);
            return known is [var at] ? AbsenceOf(at.IsSuspended) : silence.IsMet ? null : await AskAsync(id, name, cancellationToken);
        }
        catch (RetryLaterException)
        {
            // Whatever the page is about is said by the page.
            return null;
        }
    }

    private async Task<AppAbsence?> AskAsync(RepositoryId id, RepositoryName name, CancellationToken cancellationToken)
    {
        var key = new Key(session.UserId, id);
        if (cache.TryGetValue(key, out Entry? entry) && time.GetUtcNow() - entry!.At < RememberedAccess.Longest)
        {
            return entry.Absence;
        }

        // With the person's own access first: who opens thousands of others' repositories doesn't use up what the App may ask.
        var absence = await RepositoryFinder.AtOwnerAsync(name, gitHub.User(session.Token), cancellationToken) is not null
            && await gitHub.App.GetInstallationAsync(name, cancellationToken) is { } installation
            ? AbsenceOf(installation.IsSuspended)
            : AppAbsence.NotInstalled;
        cache.Set(key, new Entry(absence, time.GetUtcNow()), RememberedAccess.Longest);
        return absence;
    }

    private static AppAbsence? AbsenceOf(bool isSuspended) => isSuspended ? AppAbsence.Suspended : null;

    /// <summary>GitHub says so to this person: another one may see more.</summary>
    private sealed record Key(GitHubUserId User, RepositoryId Repository);

    private sealed record Entry(AppAbsence? Absence, DateTimeOffset At);
}

/// <summary>Why nothing that happens in a repository reaches Deliverybot.</summary>
internal enum AppAbsence
{
    NotInstalled,

    /// <summary>Its owner has suspended the installation.</summary>
    Suspended,
}
