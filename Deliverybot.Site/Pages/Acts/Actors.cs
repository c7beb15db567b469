using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Installations;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Asks GitHub, at each change, whether the signed-in person may make it.</summary>
internal sealed class Actors(UserSession session, GitHubClients gitHub, RepositoryAuthorization authorization, RepositoryFinder repositories)
{
    public async Task<ActorAnswer> AskAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        if (await authorization.AskAsync(repository, cancellationToken) is not { } seen)
        {
            return new ActorAnswer.Hidden();
        }

        var access = RepositoryAccess.Of(seen);
        if (!access.CanWrite)
        {
            return new ActorAnswer.MayNot(access, new ActAnswer(
                StatusCodes.Status403Forbidden,
                "You may look, but change nothing",
                access.IsArchived ? "The repository is archived." : "This needs write access to the repository at GitHub."));
        }

        var user = gitHub.User(session.Token);
        return await repositories.EnsureAsync(seen, user, cancellationToken)
            ? new ActorAnswer.May(new Actor(access, user.Repository(access.Name), session.Login))
            : new ActorAnswer.MayNot(access, ActAnswer.Unknown("Not here", "Deliverybot is not installed on this repository."));
    }
}
