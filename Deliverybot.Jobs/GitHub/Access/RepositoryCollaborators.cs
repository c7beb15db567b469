using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What others may do: <see href="https://docs.github.com/rest/collaborators/collaborators"/>.</summary>
internal sealed class RepositoryCollaborators(GitHubTransport transport, RepositoryName repository)
{
    public async Task<bool> MayWriteAsync(GitHubUser person, CancellationToken cancellationToken) =>
        await PermissionOfAsync(person, cancellationToken) >= RepositoryPermission.Write;

    /// <summary>
    /// GitHub is asked by the login, which may have been given to somebody else since: what it says of another account is not the person's.
    /// <c>user</c> may be null by GitHub's description, which doesn't say when: an answer that names nobody is about the login that was asked for.
    /// </summary>
    public async Task<RepositoryPermission> PermissionOfAsync(GitHubUser person, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/collaborators/{person.Login}/permission"), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return RepositoryPermission.None;
        }

        var grant = answer.Read(AccessJson.Default.CollaboratorGrant);
        return grant.User is { } told && person.Id is not null && !person.IsSameAs(told.User) ? RepositoryPermission.None : grant.Counting;
    }
}

/// <summary>GitHub's answer about one person: <paramref name="Permission"/> knows no triage and maintain, <paramref name="RoleName"/> does.</summary>
internal sealed record CollaboratorGrant(RepositoryPermission Permission, RepositoryPermission RoleName, GitHubAccount? User)
{
    /// <summary>An organisation may call a role of its own making as it likes: the role counts only as far as the coarser word bears it out.</summary>
    public RepositoryPermission Counting => Coarse(RoleName) == Permission ? RoleName : Permission;

    private static RepositoryPermission Coarse(RepositoryPermission role) => role switch
    {
        RepositoryPermission.Triage => RepositoryPermission.Read,
        RepositoryPermission.Maintain => RepositoryPermission.Write,
        _ => role,
    };
}
