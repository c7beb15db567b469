using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

internal sealed record LockFacts(GitHubUser Holder, string Reason, DateTimeOffset? Until);
