using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push"/>.</summary>
internal sealed record PushEvent(
    GitRef Ref,
    CommitSha Before,
    CommitSha After,
    bool Forced,
    PushEvent.Commit? HeadCommit,
    IReadOnlyList<PushEvent.Commit>? Commits,
    EventRepository Repository,
    EventAccount? Sender)
{
    /// <summary>The ref is gone.</summary>
    public bool Deleted => After.IsZero;

    /// <summary>The commit: an annotated tag's <see cref="After"/> is the tag itself.</summary>
    public CommitSha Head => HeadCommit?.Id ?? After;

    public bool IsToDefaultBranch => Repository.DefaultBranch is { } branch && Ref == GitRef.Branch(branch);

    public bool Touches(string path) => (Commits?.Any(commit => commit.Touches(path)) ?? false) || (HeadCommit?.Touches(path) ?? false);

    internal sealed record Commit(CommitSha? Id, IReadOnlyList<string>? Added, IReadOnlyList<string>? Removed, IReadOnlyList<string>? Modified, DateTimeOffset? Timestamp = null)
    {
        public bool Touches(string path) =>
            (Added?.Contains(path) ?? false) || (Removed?.Contains(path) ?? false) || (Modified?.Contains(path) ?? false);
    }
}

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#release"/>.</summary>
internal sealed record ReleaseEvent(string Action, ReleaseEvent.Published Release, EventRepository Repository, EventAccount? Sender)
{
    internal sealed record Published(string TagName, bool Draft);
}
