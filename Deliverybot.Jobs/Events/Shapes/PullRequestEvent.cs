using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request"/>.</summary>
/// <param name="Before">Where the head was before new commits came; only then.</param>
internal sealed record PullRequestEvent(
    string Action,
    CommitSha? Before,
    PullRequestEvent.Told PullRequest,
    EventRepository Repository,
    EventAccount? Sender)
{
    public bool IsClosed => Action is "closed";

    /// <summary>Opened again or for the first time, or with new commits.</summary>
    public bool BringsCommits => Action is "opened" or "reopened" or "synchronize";

    /// <summary>Whether it comes from another repository; also when that has been deleted since.</summary>
    public bool IsFromFork => PullRequest.Head.Repo?.Id != Repository.Id;

    internal sealed record Told(PullRequestNumber Number, bool? Merged, DateTimeOffset? UpdatedAt, Told.End Head)
    {
        /// <param name="Ref">The branch in short.</param>
        /// <param name="Repo">Null if it has been deleted.</param>
        internal sealed record End(string Ref, CommitSha Sha, Side? Repo);

        internal sealed record Side(long Id);
    }
}
