using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Jobs.Acts.Promotion;

/// <summary>The commit that somebody wants to let go on.</summary>
internal sealed record PromotionRequest
{
    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }
}
