using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>A commit, and the branch it is measured against.</summary>
internal sealed record PlacedCommit(GitRef Branch, CommitSha Sha);
