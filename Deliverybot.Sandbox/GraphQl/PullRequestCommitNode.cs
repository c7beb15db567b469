using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A commit as one of a pull request's.</summary>
internal sealed class PullRequestCommitNode(PullRequest pull, CommitNode commit)
{
    public string Id => NodeId.Of("PullRequestCommit" + commit.Oid, pull.Id);

    public CommitNode Commit => commit;
}
