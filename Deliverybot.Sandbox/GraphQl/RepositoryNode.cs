using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A repository that the caller may see.</summary>
internal sealed class RepositoryNode(RestCall call, Repository repository)
{
    public string Id => NodeId.Of("Repository", repository.Id);

    public long DatabaseId => repository.Id;

    public string Name => repository.Name;

    public string NameWithOwner => repository.FullName;

    public AccountNode Owner => AccountNode.Of(call.World, repository.Owner);

    public string? Description => repository.Description;

    public string Url => RepositoryJson.HtmlUrl(call.World.Urls, repository);

    public bool IsPrivate => repository.Private;

    public bool IsArchived => repository.Archived;

    public bool IsFork => repository.ForkOf is not null;

    public string? ViewerPermission => call.Caller is Caller.AsUser
        ? call.World.PermissionOf(call.Actor, repository).ToString().ToUpperInvariant()
        : null;

    public RefNode? DefaultBranchRef() => Ref($"refs/heads/{repository.DefaultBranch}");

    public RefNode? Ref(string qualifiedName)
    {
        var name = qualifiedName.StartsWith("refs/", StringComparison.Ordinal) ? qualifiedName : null;
        return All().FirstOrDefault(node => name is null ? node.Name == qualifiedName : node.Prefix + node.Name == name);
    }

    public Connection<RefNode> Refs(string refPrefix, string? query, int? first, string? after, RefOrder? orderBy, string? direction)
    {
        var chosen = All()
            .Where(node => node.Prefix == refPrefix)
            .Where(node => query is null || node.Name.Contains(query, StringComparison.OrdinalIgnoreCase));
        var sorted = orderBy?.Field == "TAG_COMMIT_DATE"
            ? chosen.OrderBy(node => node.Commit.Date).ThenBy(node => node.Commit.Sequence)
            : chosen.OrderBy(node => node.Name, StringComparer.Ordinal);
        var descending = (orderBy?.Direction ?? direction) == "DESC";
        return Connection<RefNode>.Of("refs", (descending ? sorted.Reverse() : sorted).ToList(), first, after);
    }

    public object? Object(string? oid, string? expression) => (oid ?? expression) is { } wanted
        ? GitObject(repository.TagRefs.GetValueOrDefault(wanted) ?? repository.Resolve(wanted)?.Sha ?? wanted)
        : null;

    public PullRequestNode PullRequest(int number)
    {
        var pull = repository.Pulls.FirstOrDefault(item => item.Number == number);
        return pull is null
            ? throw new GraphQlProblem("NOT_FOUND", $"Could not resolve to a PullRequest with the number of {number}.")
            : new PullRequestNode(call, repository, pull);
    }

    public Connection<PullRequestNode> PullRequests(int? first, string? after, string[]? states, string? headRefName, string? baseRefName)
    {
        var chosen = repository.Pulls
            .Where(pull => headRefName is null || pull.HeadBranch == headRefName)
            .Where(pull => baseRefName is null || pull.BaseBranch == baseRefName)
            .Select(pull => new PullRequestNode(call, repository, pull))
            .Where(node => states is null || states.Contains(node.State))
            .ToList();
        return Connection<PullRequestNode>.Of("pullRequests", chosen, first, after);
    }

    private IEnumerable<RefNode> All() => repository.Heads
        .Select(head => new RefNode(call, repository, "refs/heads/", head.Key, head.Value))
        .Concat(repository.TagRefs.Select(tag => new RefNode(call, repository, "refs/tags/", tag.Key, tag.Value)));

    private object? GitObject(string sha) => repository.Objects.FindTag(sha) is { } tag ? new TagNode(call, repository, tag)
        : repository.Objects.Find(sha) is { } commit ? new CommitNode(call, repository, commit)
        : null;
}
