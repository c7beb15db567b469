using Deliverybot.Data.Names;

namespace Deliverybot.Data.Locks;

/// <summary>Who keeps an environment as it is, why and until when. At most one of each kind an environment.</summary>
public sealed class EnvironmentLock
{
    public long Id { get; private set; }

    public required RepositoryId RepositoryId { get; init; }

    public required EnvironmentName Environment
    {
        get;
        init
        {
            field = value;
            EnvironmentKey = value.Key;
        }
    }

    public string EnvironmentKey { get; private set; } = "";

    public required LockKind Kind { get; init; }

    public required GitHubUser Holder { get; init; }

    public string Reason { get; set; } = "";

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; null: when somebody unlocks.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The pull request it was taken in: closing that ends the lock.</summary>
    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>Of a hold: the target that was rolled back. Null where that was more than one, or nobody knows.</summary>
    public TargetName? Target { get; set; }

    /// <summary>
    /// Of a hold: the newest of the commits that were rolled back from and back to. What is newer, and has succeeded, ends the hold.
    /// </summary>
    public CommitSha? RolledBackFrom { get; set; }

    /// <summary>Of a hold: what something of its target must be newer than to end it; null where only somebody who unlocks does.</summary>
    public CommitSha? EndsAfter => Target is null ? null : RolledBackFrom;
}
