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

    /// <summary>Of a hold: the time of the later rollback that let it begin from something newer; null where none has.</summary>
    public DateTimeOffset? ProlongedAt { get; private set; }

    /// <summary>Of a hold that was prolonged: what it began from before, and does again if that rollback comes to nothing.</summary>
    public CommitSha? FormerlyFrom { get; private set; }

    /// <summary>Of a hold: what something of its target must be newer than to end it; null where only somebody who unlocks does.</summary>
    public CommitSha? EndsAfter => Target is null ? null : RolledBackFrom;

    /// <param name="from">What was left by a later rollback; it is newer.</param>
    /// <param name="at">The time of that rollback's wish.</param>
    public void Prolong(CommitSha from, DateTimeOffset at) => (FormerlyFrom, RolledBackFrom, ProlongedAt) = (RolledBackFrom, from, at);

    /// <summary>The rollback that prolonged it has come to nothing.</summary>
    public void Shorten() => (RolledBackFrom, FormerlyFrom, ProlongedAt) = (FormerlyFrom, null, null);
}
