using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>A repository as somebody has just told of it: an event, GitHub's answer, or a person who looks at it.</summary>
/// <param name="DefaultBranch">Null where that isn't told.</param>
internal sealed record SeenRepository(RepositoryId Id, RepositoryName Name, string? DefaultBranch)
{
    public static SeenRepository Of(RepositoryInfo found) => new(found.Id, found.Name, found.DefaultBranchName);
}
