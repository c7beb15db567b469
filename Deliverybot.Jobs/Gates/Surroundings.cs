using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>The rows around a wish, as they were read.</summary>
internal sealed record Surroundings(
    IReadOnlyList<Surroundings.Placed> Unfinished,
    Surroundings.Placed? LastSent,
    IReadOnlyList<Surroundings.Held> Locks,
    HeadFacts? Head,
    NameFacts Name,
    IReadOnlyList<Surroundings.Later> Newer,
    Surroundings.Placed? LastSuccess)
{
    internal sealed record Placed(
        DeploymentState State, string? Gate, DateTimeOffset NewsAt, DateTimeOffset CreatedAt, GitHubDeploymentId? GitHubId, PlacedFacts Facts)
    {
        /// <summary>In GitHub's order; what has no number yet is the last.</summary>
        public bool IsAfter(Placed other) => GitHubId is not { } id || (other.GitHubId is { } earlier && id > earlier);
    }

    internal sealed record Held(LockKind Kind, LockFacts Facts);

    internal sealed record Later(CommitSha Sha, DeploymentState State);
}
