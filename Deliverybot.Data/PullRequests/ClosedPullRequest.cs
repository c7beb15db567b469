using Deliverybot.Data.Names;

namespace Deliverybot.Data.PullRequests;

/// <summary>A pull request of whose closing an event told, and of no reopening since: what brings commits into it may have come late.</summary>
public sealed class ClosedPullRequest
{
    public required RepositoryId RepositoryId { get; init; }

    public required PullRequestNumber PullRequest { get; init; }

    /// <summary>When that was told.</summary>
    public required DateTimeOffset ToldAt { get; init; }
}
