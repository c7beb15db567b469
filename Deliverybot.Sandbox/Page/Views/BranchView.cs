using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A branch and its latest commits, newest first; of other branches than the default one only what they add to it.</summary>
public sealed record BranchView(string Name, bool IsDefault, IReadOnlyList<CommitView> Commits)
{
    private const int CommitsShown = 6;

    internal static BranchView Of(Repository repository, string name, string head)
    {
        var isDefault = name == repository.DefaultBranch;
        var commits = repository.Objects.History(head);
        if (!isDefault)
        {
            var known = repository.Objects.History(repository.Head).Select(commit => commit.Sha).ToHashSet(StringComparer.Ordinal);
            commits = commits.Where(commit => !known.Contains(commit.Sha));
        }

        return new BranchView(name, isDefault, [.. commits.Take(CommitsShown).Select(commit => CommitView.Of(repository, commit))]);
    }
}
