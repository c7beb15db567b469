using System.Text.Json;
using System.Text.Json.Serialization;
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

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment"/>.</summary>
internal sealed record IssueCommentEvent(
    string Action,
    IssueCommentEvent.Subject Issue,
    IssueCommentEvent.Said Comment,
    EventRepository Repository,
    EventAccount? Sender)
{
    /// <summary>A person has just written it in a pull request: not edited it, not by way of an App, not on a plain issue.</summary>
    public bool IsPersonsWord =>
        Action is "created"
        && Issue.PullRequest is { ValueKind: JsonValueKind.Object }
        && Comment is { User: { IsBot: false }, PerformedViaGithubApp: not { ValueKind: JsonValueKind.Object } }
        && Sender is not { IsBot: true };

    /// <param name="PullRequest">There if it is a pull request.</param>
    internal sealed record Subject(PullRequestNumber Number, JsonElement? PullRequest);

    /// <param name="PerformedViaGithubApp">There if an App wrote it, in its own name or in a person's.</param>
    internal sealed record Said(long Id, string? Body, [property: JsonPropertyName("created_at")] DateTimeOffset? ToldAt, EventAccount? User, JsonElement? PerformedViaGithubApp)
    {
        /// <summary>When it was written; when we heard of it, where that can't be read.</summary>
        [JsonIgnore]
        public DateTimeOffset CreatedAt => ToldAt ?? throw new InvalidOperationException("Nobody has dated the comment.");
    }

    /// <param name="arrived">Counts where the event's own time can't be read.</param>
    public IssueCommentEvent Dated(DateTimeOffset arrived) => this with { Comment = Comment with { ToldAt = Comment.ToldAt ?? arrived } };
}
