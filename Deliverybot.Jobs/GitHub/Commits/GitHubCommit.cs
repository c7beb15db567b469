using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>A commit. <see cref="Author"/> and <see cref="Committer"/> are null where the mail address belongs to no account.</summary>
internal sealed record GitHubCommit(
    CommitSha Sha,
    string? HtmlUrl,
    GitHubCommit.Details Commit,
    GitHubAccount? Author,
    GitHubAccount? Committer)
{
    /// <summary>GitHub's whole object, for templates.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; init; }

    public string Headline => Commit.Message?.Split('\n', 2)[0].TrimEnd() ?? "";

    internal sealed record Details(string? Message, Signature? Author, Signature? Committer);

    internal sealed record Signature(string? Name, string? Email, DateTimeOffset? Date);
}
