using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Site.Rights;

/// <summary>A repository that the signed-in user can see, and what GitHub lets that user do there.</summary>
internal sealed record RepositoryAccess(
    RepositoryId Id,
    RepositoryName Name,
    GitRef? DefaultBranch,
    RepositoryPermission Permission,
    bool IsArchived)
{
    /// <summary>Whether the user may deploy, promote, lock and undo.</summary>
    public bool CanWrite => Permission >= RepositoryPermission.Write && !IsArchived;

    public static RepositoryAccess Of(RepositoryInfo seen) => new(seen.Id, seen.Name, seen.DefaultBranch, seen.Permission, seen.Archived);

    public bool CanAdminister => Permission >= RepositoryPermission.Admin;
}
