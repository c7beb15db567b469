using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>A commit status as it is at GitHub.</summary>
internal sealed record CommitStatus(
    CommitState State,
    string Context,
    string? Description,
    string? TargetUrl,
    GitHubAccount? Creator,
    DateTimeOffset? CreatedAt);
