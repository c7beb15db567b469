using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>A comment in a pull request's conversation.</summary>
internal sealed record GitHubComment(
    [property: JsonPropertyName("id")] long Number,
    string? Body,
    string? HtmlUrl,
    GitHubAccount? User)
{
    [JsonIgnore]
    public CommentId Id => new(Number);
}
