using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

internal sealed record LockFacts(GitHubLogin Holder, string Reason, DateTimeOffset? Until);
