using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>Where a branch points; no sha: it was deleted.</summary>
internal sealed record HeadFacts(CommitSha? Sha);
