using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A pull request.</summary>
internal sealed class PullRequestNode(RestCall call, Repository repository, PullRequest pull)
{
    public string Id => NodeId.Of("PullRequest", pull.Id);

    public int? DatabaseId => NodeId.AsInt(pull.Id);

    public int Number => pull.Number;

    public string Title => pull.Title;

    public string Body => pull.Body;

    public string Url => $"{RepositoryJson.HtmlUrl(call.World.Urls, repository)}/pull/{pull.Number}";

    public string State => pull.MergedAt is not null ? "MERGED" : pull.Open ? "OPEN" : "CLOSED";

    public bool IsDraft => pull.Draft;

    public bool Merged => pull.MergedAt is not null;

    public bool IsCrossRepository => pull.HeadRepository != repository;

    public string CreatedAt => pull.CreatedAt.Iso();

    public string HeadRefName => pull.HeadBranch;

    public string HeadRefOid => pull.HeadSha;

    public string BaseRefName => pull.BaseBranch;

    public string BaseRefOid => pull.BaseSha;

    public RefNode? BaseRef => new RepositoryNode(call, repository).Ref($"refs/heads/{pull.BaseBranch}");

    /// <summary>The oldest first, as GitHub lists them.</summary>
    public Connection<PullRequestCommitNode> Commits(int? first, int? last, string? after)
    {
        var objects = repository.Objects;
        var commits = Comparison.Of(objects, objects.Get(pull.BaseSha), objects.Get(pull.HeadSha)).Ahead
            .Select(commit => new PullRequestCommitNode(pull, new CommitNode(call, repository, commit)))
            .ToList();
        return Connection<PullRequestCommitNode>.Of("commits", last is { } count ? commits.TakeLast(count).ToList() : commits, first ?? last, after);
    }

    public AccountNode Author => AccountNode.Of(call.World, pull.Author);

    public CommitNode? MergeCommit => pull.MergeCommitSha is null ? null : new CommitNode(call, repository, repository.Objects.Get(pull.MergeCommitSha));
}
