using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>What somebody meant by a branch, a tag or a commit.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Ref">The branch or tag that was named; null if it was the commit itself.</param>
internal sealed record ResolvedRef(CommitSha Sha, GitRef? Ref);
