using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>A pull request.</summary>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
internal sealed record GitHubPullRequest(
    PullRequestNumber Number,
    string State,
    string? Title,
    string? HtmlUrl,
    bool Draft,
    DateTimeOffset? MergedAt,
    GitHubAccount? User,
    GitHubPullRequest.End Head,
    GitHubPullRequest.End Base)
{
    /// <summary>GitHub's whole object, for templates. Only where the one pull request was asked for.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; init; }

    [JsonIgnore]
    public bool IsOpen => State == "open";

    /// <summary>Whether it comes from another repository; also when that has been deleted since.</summary>
    [JsonIgnore]
    public bool IsFromFork => Head.Repo is null || Head.Repo.Id != Base.Repo?.Id;

    /// <param name="Branch">In short.</param>
    /// <param name="Repo">Null if it has been deleted.</param>
    internal sealed record End([property: JsonPropertyName("ref")] string Branch, CommitSha Sha, Side? Repo);

    internal sealed record Side(RepositoryId Id, RepositoryName FullName, string? DefaultBranch = null);
}
