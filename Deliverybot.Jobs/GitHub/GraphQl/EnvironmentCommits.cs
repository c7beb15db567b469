using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>What GitHub knows of the commits that environments run or wait for.</summary>
/// <param name="Head">The head of the default branch; null in an empty repository.</param>
/// <param name="Headlines">The first lines of their messages, where GitHub still has the commits.</param>
/// <param name="Distances">Where the branch is still there and has something in common with the commit.</param>
internal sealed record EnvironmentCommits(
    CommitSha? Head,
    IReadOnlyDictionary<CommitSha, string> Headlines,
    IReadOnlyDictionary<PlacedCommit, CommitDistance> Distances);
