namespace Deliverybot.Jobs.GitHub.Access;

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
