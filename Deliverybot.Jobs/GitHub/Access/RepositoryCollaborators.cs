using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What others may do: <see href="https://docs.github.com/rest/collaborators/collaborators"/>.</summary>
internal sealed class RepositoryCollaborators(GitHubTransport transport, RepositoryName repository)
{
    public async Task<RepositoryPermission> PermissionOfAsync(GitHubLogin login, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/collaborators/{login}/permission"), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return RepositoryPermission.None;
        }

        var grant = answer.Read(GitHubJson.Default.CollaboratorGrant);
        // A role of the organisation's own making has a name we can't know: then the coarser word counts.
        return grant.RoleName is not RepositoryPermission.None ? grant.RoleName : grant.Permission;
    }
}
