using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A branch and its latest commits, newest first.</summary>
public sealed record BranchView(string Name, bool IsDefault, IReadOnlyList<CommitView> Commits)
{
    private const int CommitsShown = 5;

    internal static BranchView Of(Repository repository, string name, string head) => new(
        name,
        name == repository.DefaultBranch,
        [.. repository.Objects.History(head).Take(CommitsShown).Select(commit => CommitView.Of(repository, commit))]);
}
