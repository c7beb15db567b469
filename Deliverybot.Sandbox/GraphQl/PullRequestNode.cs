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

    public AccountNode Author => AccountNode.Of(call.World, pull.Author);

    public CommitNode? MergeCommit => pull.MergeCommitSha is null ? null : new CommitNode(call, repository, repository.Objects.Get(pull.MergeCommitSha));
}
