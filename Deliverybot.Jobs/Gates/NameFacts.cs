using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>What is known of the name of a wish's branch or tag. No gate decides on it: it is what GitHub is asked by.</summary>
/// <param name="At">Where the branch or tag stands, as far as it was told; null: unknown, or gone.</param>
/// <param name="IsShared">A branch and a tag are called so.</param>
internal sealed record NameFacts(CommitSha? At, bool IsShared);
