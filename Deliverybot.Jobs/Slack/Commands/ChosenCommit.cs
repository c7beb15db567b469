using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary>A commit that a command means.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="LookedAt">The branch or tag that has to contain it.</param>
internal sealed record ChosenCommit(CommitSha Sha, GitRef LookedAt);
