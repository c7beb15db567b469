using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>A page of the history of a branch or tag, with what is shown around it.</summary>
/// <param name="ViewerPermission">What the user whose token asked may do.</param>
/// <param name="DefaultBranch">Null in an empty repository.</param>
/// <param name="Shown">The branch or tag whose commits these are; null if there is none of that name.</param>
/// <param name="NextCursor">Where the next page goes on; null on the last one.</param>
/// <param name="Branches">The first fifty that match the query.</param>
/// <param name="BranchCount">How many match it in all.</param>
/// <param name="Tags">The newest fifty that match the query.</param>
/// <param name="TagCount">How many match it in all.</param>
internal sealed record BranchCommits(
    RepositoryId Id,
    RepositoryName Name,
    bool IsArchived,
    RepositoryPermission ViewerPermission,
    GitRef? DefaultBranch,
    GitRef? Shown,
    IReadOnlyList<BranchCommit> Commits,
    string? NextCursor,
    IReadOnlyList<GitRef> Branches,
    int BranchCount,
    IReadOnlyList<GitRef> Tags,
    int TagCount);
