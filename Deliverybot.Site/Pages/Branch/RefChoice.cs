using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be picked, of all that match what was typed.</summary>
internal sealed record RefChoice(IReadOnlyList<GitRef> Branches, int BranchCount, IReadOnlyList<GitRef> Tags, int TagCount)
{
    /// <summary>Whether GitHub has to be asked to find the others.</summary>
    public bool IsPart => Branches.Count < BranchCount || Tags.Count < TagCount;

    /// <summary>The default branch comes first, also where it isn't among the first by its name.</summary>
    public static RefChoice Of(IReadOnlyList<GitRef> branches, int branchCount, IReadOnlyList<GitRef> tags, int tagCount, GitRef? defaultBranch, bool isSearch) =>
        defaultBranch is { } first && (!isSearch || branches.Contains(first))
            ? new([first, .. branches.Where(branch => branch != first)], branchCount, tags, tagCount)
            : new(branches, branchCount, tags, tagCount);
}
