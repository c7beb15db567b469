using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>Comments in a pull request's conversation: <see href="https://docs.github.com/rest/issues/comments"/>.</summary>
internal sealed class RepositoryComments(GitHubTransport transport, RepositoryName repository)
{
    public async Task<CommentId> CreateAsync(PullRequestNumber number, string markdown, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Post($"repos/{repository}/issues/{number}/comments", BodyOf(markdown));
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.Read(PullRequestsJson.Default.GitHubComment).Id;
    }

    /// <summary>What was written or edited since, oldest first.</summary>
    public IAsyncEnumerable<GitHubComment> ListAsync(PullRequestNumber number, DateTimeOffset since, CancellationToken cancellationToken) =>
        transport.ReadAllAsync(
            GitHubCall.Get($"repos/{repository}/issues/{number}/comments?per_page=100&since={since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}"),
            PullRequestsJson.Default.GitHubCommentArray,
            cancellationToken);

    /// <returns>False if it has been deleted.</returns>
    public async Task<bool> UpdateAsync(CommentId comment, string markdown, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Patch($"repos/{repository}/issues/comments/{comment}", BodyOf(markdown));
        return WasThere(await transport.SendAsync(call, cancellationToken));
    }

    public async Task<ReactionOutcome> ReactAsync(CommentId comment, Reaction reaction, CancellationToken cancellationToken)
    {
        var content = reaction switch
        {
            Reaction.Eyes => "eyes",
            Reaction.Rocket => "rocket",
            Reaction.Confused => "confused",
            Reaction.ThumbsDown => "-1",
        };
        // The same reaction given twice is there once.
        var call = GitHubCall.RepeatablePost($"repos/{repository}/issues/comments/{comment}/reactions", $$"""{"content":"{{content}}"}""");
        var answer = await transport.SendAsync(call, cancellationToken);
        return !WasThere(answer) ? ReactionOutcome.CommentGone
            : answer.Status == HttpStatusCode.Created ? ReactionOutcome.Given
            : ReactionOutcome.ThereAlready;
    }

    private static bool WasThere(GitHubAnswer answer)
    {
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }

        answer.EnsureSuccess();
        return true;
    }

    private static string BodyOf(string markdown) =>
        JsonSerializer.Serialize(new CommentText(markdown), PullRequestsJson.Default.CommentText);
}

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

/// <summary>GitHub's number of a comment on an issue or pull request.</summary>
internal readonly record struct CommentId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is sent to write or edit a comment.</summary>
internal sealed record CommentText(string Body);

/// <summary>The reactions that we give.</summary>
internal enum Reaction
{
    Eyes,
    Rocket,
    Confused,
    ThumbsDown,
}

/// <summary>What became of a reaction.</summary>
internal enum ReactionOutcome
{
    Given,

    /// <summary>We had given it before.</summary>
    ThereAlready,

    /// <summary>The comment has been deleted.</summary>
    CommentGone,
}
