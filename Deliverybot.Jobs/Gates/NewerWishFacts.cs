using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>A later wish for the same ref and target, and whether GitHub has made a deployment of it.</summary>
internal sealed record NewerWishFacts(CommitSha Sha, bool Created);
