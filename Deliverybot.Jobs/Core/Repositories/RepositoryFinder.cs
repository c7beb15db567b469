using System.Collections.Concurrent;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>Makes sure that a repository which a person acts on is known, though no event has told of it yet.</summary>
internal sealed class RepositoryFinder(DeliverybotContext db, KnownRepositories repositories)
{
    /// <returns>False where the App isn't installed (or is suspended), so that nothing can be deployed.</returns>
    public async Task<bool> EnsureAsync(RepositoryInfo seen, UserClient user, CancellationToken cancellationToken)
    {
        var known = await db.Repositories.AsNoTracking()
            .Where(repository => repository.Id == seen.Id)
            .Select(repository => repository.InstallationId)
            .ToListAsync(cancellationToken);
        var installation = known is [var id] ? id : await AtOwnerAsync(seen.Name, user, cancellationToken);
        return await repositories.CoversAsync(SeenRepository.Of(seen), installation, cancellationToken);
    }

    /// <summary>The installation at a repository's owner, as far as the user reaches it; it may leave the repository out.</summary>
    public static async Task<InstallationId?> AtOwnerAsync(RepositoryName name, UserClient user, CancellationToken cancellationToken)
    {
        await foreach (var installation in user.ListInstallationsAsync(cancellationToken))
        {
            if (installation.Account.Login == new GitHubLogin(name.Owner))
            {
                return installation.Id;
            }
        }

        return null;
    }
}

/// <summary>A repository as somebody has just told of it: an event, GitHub's answer, or a person who looks at it.</summary>
/// <param name="DefaultBranch">Null where that isn't told.</param>
internal sealed record SeenRepository(RepositoryId Id, RepositoryName Name, string? DefaultBranch)
{
    public static SeenRepository Of(RepositoryInfo found) => new(found.Id, found.Name, found.DefaultBranchName);
}

/// <summary>Which repositories' names this process has heard of lately: GitHub needn't be asked for those before something is done there.</summary>
internal sealed class HeardNames(TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<RepositoryId, DateTimeOffset> _heard = new();

    public void Note(RepositoryId repository) => _heard[repository] = time.GetUtcNow();

    public bool IncludeLately(RepositoryId repository) => _heard.TryGetValue(repository, out var at) && time.GetUtcNow() - at < Lately;
}
