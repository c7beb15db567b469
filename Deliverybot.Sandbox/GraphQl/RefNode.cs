using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A branch or tag.</summary>
internal sealed class RefNode(RestCall call, Repository repository, string prefix, string name, string sha)
{
    public string Id => NodeId.Of(prefix + name, repository.Id);

    public string Name => name;

    public string Prefix => prefix;

    public RepositoryNode Repository => new(call, repository);

    public object Target => repository.Objects.FindTag(sha) is { } tag
        ? new TagNode(call, repository, tag)
        : new CommitNode(call, repository, repository.Objects.Get(sha));

    internal Commit Commit => repository.Resolve(sha) ?? repository.Objects.Peel(sha);

    public ComparisonNode? Compare(string headRef) =>
        repository.Resolve(headRef) is { } head && Comparison.Of(repository.Objects, Commit, head) is { MergeBase: not null } comparison
            ? new ComparisonNode(repository, comparison)
            : null;

    public Connection<PullRequestNode> AssociatedPullRequests(int? first, string? after, string[]? states)
    {
        var chosen = repository.Pulls
            .Where(pull => prefix == "refs/heads/" && pull.HeadRepository == repository && pull.HeadBranch == name)
            .Select(pull => new PullRequestNode(call, repository, pull))
            .Where(node => states is null || states.Contains(node.State))
            .ToList();
        return Connection<PullRequestNode>.Of("associatedPullRequests", chosen, first, after);
    }
}
