using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Locks;

/// <summary>What a person with write access asks for.</summary>
internal sealed record LockRequest
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>As the person wrote it, in any case.</summary>
    public required EnvironmentName Environment { get; init; }

    public required GitHubLogin By { get; init; }

    /// <summary>As the person wrote it.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it holds; null: until somebody unlocks.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The open pull request it is taken in: the lock ends with that.</summary>
    public PullRequestNumber? PullRequest { get; init; }
}
