using Deliverybot.Data.Names;

namespace Deliverybot.Data.PullRequests;

/// <summary>The one comment that tells a pull request of one target; it is edited in place.</summary>
public sealed class PullRequestComment
{
    public required RepositoryId RepositoryId { get; init; }

    public required PullRequestNumber PullRequest { get; init; }

    public required TargetName Target { get; init; }

    /// <summary>GitHub's id of the issue comment.</summary>
    public required long CommentId { get; set; }

    /// <summary>A hash of what stands there, so that it is edited only when it changes.</summary>
    public required string Memo { get; set; }

    /// <summary>When it was written or edited last.</summary>
    public DateTimeOffset ToldAt { get; set; }
}
