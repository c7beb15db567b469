using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Changes;

/// <summary>What a channel may be told of.</summary>
/// <param name="Wish">The wish that changes. Before it is saved, it is as it will be; afterwards it may have changed again.</param>
/// <param name="LeftCommit">The commit that it was for, where another has taken that one's place; else null.</param>
internal sealed record Happening(Deployment Wish, CommitSha? LeftCommit = null);
