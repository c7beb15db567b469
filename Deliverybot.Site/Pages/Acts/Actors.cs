using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Lets the signed-in person act, at each change anew, if GitHub lets that person write.</summary>
internal sealed class Actors(UserSession session, GitHubClients gitHub, Admission admission, RepositoryAuthorization authorization)
{
    public async Task<AdmissionAnswer> AskAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var answer = await admission.AskAsync(repository, session.User, gitHub.User(session.Token), cancellationToken);
        authorization.Note(repository, answer.Match<RepositoryInfo?>(hidden: () => null, refused: (seen, _) => seen, may: (seen, _) => seen));
        return answer;
    }
}
