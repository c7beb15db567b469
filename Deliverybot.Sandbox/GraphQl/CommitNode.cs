using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.Rest.Git;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A commit as seen in one repository.</summary>
internal sealed class CommitNode(RestCall call, Repository repository, Commit commit)
{
    public string Id => NodeId.Of("Commit", commit.Sequence);

    public string Oid => commit.Sha;

    public string AbbreviatedOid => commit.Sha[..7];

    public string CommitUrl => Url;

    public string Url => $"{RepositoryJson.HtmlUrl(call.World.Urls, repository)}/commit/{commit.Sha}";

    public string Message => commit.Message;

    public string MessageHeadline => commit.Headline;

    public string MessageBody => commit.Message[commit.Headline.Length..].TrimStart('\n');

    public string AuthoredDate => commit.Date.Iso();

    public string CommittedDate => commit.Date.Iso();

    public GitActorNode Author => new(call.World, commit.Author, commit.Date);

    public GitActorNode Committer => Author;

    public StatusCheckRollupNode? StatusCheckRollup => StatusCheckRollupNode.Of(call, repository, commit);

    public Connection<CommitNode> Parents(int? first, string? after) =>
        Connection<CommitNode>.Of("parents", commit.Parents.Select(sha => Node(repository.Objects.Get(sha))).ToList(), first, after);

    public Connection<CommitNode> History(int? first, string? after, string? path)
    {
        var commits = repository.Objects.History(commit.Sha)
            .Where(item => path is null || CommitJson.ChangesOf(repository, item).Any(change => change.Path.StartsWith(path, StringComparison.Ordinal)))
            .Select(Node)
            .ToList();
        return Connection<CommitNode>.Of("history", commits, first, after);
    }

    public TreeEntryNode? File(string path) =>
        commit.Files.TryGetValue(path, out var content) ? new TreeEntryNode(path, ObjectStore.BlobOf(content)) : null;

    public Connection<PullRequestNode> AssociatedPullRequests(int? first, string? after)
    {
        var pulls = CommitRoutes.Containing(repository, commit).Select(pull => new PullRequestNode(call, repository, pull)).ToList();
        return Connection<PullRequestNode>.Of("associatedPullRequests", pulls, first, after);
    }

    private CommitNode Node(Commit other) => new(call, repository, other);
}
