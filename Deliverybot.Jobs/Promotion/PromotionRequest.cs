using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;

namespace Deliverybot.Jobs.Promotion;

/// <summary>What a person with write access asks for.</summary>
internal sealed record PromotionRequest
{
    public required RepositoryId RepositoryId { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }

    public required GitHubLogin By { get; init; }
}
