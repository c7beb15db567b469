namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>GitHub's answer about one person: <paramref name="Permission"/> knows no triage and maintain, <paramref name="RoleName"/> does.</summary>
internal sealed record CollaboratorGrant(RepositoryPermission Permission, RepositoryPermission RoleName);
