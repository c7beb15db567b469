using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What others may do: <see href="https://docs.github.com/rest/collaborators/collaborators"/>.</summary>
internal sealed class RepositoryCollaborators(GitHubTransport transport, RepositoryName repository)
{
    public async Task<bool> MayWriteAsync(GitHubUser person, CancellationToken cancellationToken) =>
        await PermissionOfAsync(person, cancellationToken) >= RepositoryPermission.Write;

    public async Task<RepositoryPermission> PermissionOfAsync(GitHubUser person, CancellationToken cancellationToken) =>
        (await RoleOfAsync(person, cancellationToken)).Level;

    /// <summary>
    /// GitHub is asked by the login, which may have been given to somebody else since: what it says of another account is not the person's.
    /// <c>user</c> may be null by GitHub's description, which doesn't say when: an answer that names nobody is about the login that was asked for.
    /// </summary>
    /// <returns>None of somebody who has no access, and where the caller can't see the repository.</returns>
    public async Task<HeldRole> RoleOfAsync(GitHubUser person, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/collaborators/{person.Login}/permission"), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return HeldRole.None;
        }

        var grant = answer.Read(AccessJson.Default.CollaboratorGrant);
        return grant.User is { } told && person.Id is not null && !person.IsSameAs(told.User) ? HeldRole.None : grant.Counting;
    }
}

/// <summary>GitHub's answer about one person: <paramref name="Permission"/> knows no triage and maintain, <paramref name="RoleName"/> does.</summary>
internal sealed record CollaboratorGrant(RepositoryPermission Permission, string? RoleName, GitHubAccount? User)
{
    /// <summary>An organisation may call a role of its own making as it likes: the role counts only as far as the coarser word bears it out.</summary>
    public HeldRole Counting => EnumWords.TryRead<RepositoryPermission>(RoleName, out var role)
        ? new HeldRole(Coarse(role) == Permission ? role : Permission, Own: null)
        : new HeldRole(Permission, RoleName);

    private static RepositoryPermission Coarse(RepositoryPermission role) => role switch
    {
        RepositoryPermission.Triage => RepositoryPermission.Read,
        RepositoryPermission.Maintain => RepositoryPermission.Write,
        _ => role,
    };
}

/// <summary>What somebody has in a repository.</summary>
/// <param name="Level">What it counts as: an organisation's own role as the one that it is based on, as far as GitHub tells.</param>
/// <param name="Own">What an organisation calls a role of its own making; null for GitHub's.</param>
internal sealed record HeldRole(RepositoryPermission Level, string? Own = null)
{
    public static HeldRole None { get; } = new(RepositoryPermission.None);
}
