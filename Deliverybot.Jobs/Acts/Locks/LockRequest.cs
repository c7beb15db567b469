using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>What somebody wants to keep as it is, for how long, and why.</summary>
internal sealed record LockRequest
{
    /// <summary>As the person wrote it, in any case.</summary>
    public required EnvironmentName Environment { get; init; }

    /// <summary>As the person wrote it.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it holds; null: until somebody unlocks.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The open pull request it is taken in: the lock ends with that.</summary>
    public PullRequestNumber? PullRequest { get; init; }
}
