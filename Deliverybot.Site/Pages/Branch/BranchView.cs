using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>A page of a branch's commits.</summary>
/// <param name="Access">The repository, and what the user may do in it.</param>
/// <param name="Shown">The branch or tag; null in an empty repository.</param>
/// <param name="Commits">The newest first.</param>
/// <param name="NextCursor">Where the next page goes on; null on the last one.</param>
/// <param name="Refs">The branches and tags to pick from.</param>
/// <param name="DeployFile">What can be deployed by hand, or why nothing can.</param>
internal sealed record BranchView(
    RepositoryAccess Access,
    GitRef? Shown,
    IReadOnlyList<CommitRow> Commits,
    string? NextCursor,
    RefChoice Refs,
    DeployFileState DeployFile)
{
    /// <summary>What the tab of the browser shows, by the commits of the page.</summary>
    public PageState State => PageStates.Of(
        Commits.SelectMany(row => row.Placements.Badges)
            .OrderByDescending(badge => badge.Deployment)
            .Select(badge => (badge.Environment, badge.Page)));

    /// <summary>Nothing keeps the App out.</summary>
    public bool IsLetIn { get; init; } = true;

    public bool CanDeploy => IsLetIn && Access.CanWrite && DeployFile is DeployFileState.Valid;

    /// <summary>The note that says why nothing can be deployed.</summary>
    public string Why => IsLetIn ? "deploy-note" : "app-note";
}

internal sealed record CommitRow(BranchCommit Commit, ChecksView Checks, Placements Placements);
