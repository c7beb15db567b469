using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>Asks GitHub, in the signed-in user's name, what that user may see and do.</summary>
internal sealed class RepositoryAuthorization(UserSession session, GitHubClients gitHub, RememberedAccess remembered)
{
    /// <summary>What GitHub has said within the last minute.</summary>
    /// <returns>Null if it wasn't asked, or the user couldn't see such a repository.</returns>
    public RepositoryAccess? Known(RepositoryName repository) => remembered.Find(session.Token, repository);

    /// <summary>For looking: an answer up to a minute old will do.</summary>
    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<RepositoryAccess?> SeeAsync(RepositoryName repository, CancellationToken cancellationToken) =>
        Known(repository)
        ?? (await AskAsync(repository, cancellationToken) is { } seen ? RepositoryAccess.Of(seen) : null);

    /// <summary>Asked at this moment. Who changes something is asked about by the act's own admission.</summary>
    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<RepositoryInfo?> AskAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var found = await gitHub.User(session.Token).Repository(repository).GetAsync(cancellationToken);
        Note(repository, found);
        return found;
    }

    /// <summary>GitHub was asked just now, and this is what the user can see: pages needn't ask again.</summary>
    public void Note(RepositoryName repository, RepositoryInfo? seen)
    {
        if (seen is null)
        {
            remembered.Forget(session.Token, repository);
        }
        else
        {
            remembered.Remember(session.Token, repository, RepositoryAccess.Of(seen));
        }
    }
}
