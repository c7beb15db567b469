using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>The answer to <c>ChangedFile.graphql</c>. A file that isn't there is null.</summary>
internal sealed record ChangedFileData(ChangedFileData.RepositoryNode? Repository)
{
    internal sealed record RepositoryNode(PullNode? PullRequest);

    internal sealed record PullNode(CommitSha HeadRefOid, RefNode? BaseRef, Commits? Last, Commits? First);

    /// <param name="Target">Null if the branch is gone.</param>
    internal sealed record RefNode(CommitNode? Target);

    internal sealed record Commits(IReadOnlyList<Entry>? Nodes);

    internal sealed record Entry(CommitNode? Commit);

    internal sealed record CommitNode(CommitSha? Oid, FileNode? File, FileNode? Misnamed, Parents? Parents);

    internal sealed record Parents(IReadOnlyList<CommitNode>? Nodes);

    internal sealed record FileNode(string? Oid);
}
