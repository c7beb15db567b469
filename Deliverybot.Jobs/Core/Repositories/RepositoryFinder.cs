using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>Makes sure that a repository which a person acts on is known, though no event has told of it yet.</summary>
internal sealed class RepositoryFinder(DeliverybotContext db, RepositoryBook repositories)
{
    /// <returns>False where the App isn't installed (or is suspended), so that nothing can be deployed.</returns>
    public async Task<bool> EnsureAsync(RepositoryInfo seen, UserClient user, CancellationToken cancellationToken)
    {
        var known = await db.Repositories.AsNoTracking()
            .Where(repository => repository.Id == seen.Id)
            .Select(repository => repository.InstallationId)
            .ToListAsync(cancellationToken);
        var installation = known is [var id] ? id : await AskAsync(seen.Name, user, cancellationToken);
        return await repositories.CoversAsync(SeenRepository.Of(seen), installation, cancellationToken);
    }

    private static async Task<InstallationId?> AskAsync(RepositoryName name, UserClient user, CancellationToken cancellationToken)
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
