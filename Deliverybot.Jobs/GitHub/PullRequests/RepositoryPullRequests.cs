using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>Pull requests: <see href="https://docs.github.com/rest/pulls/pulls"/>.</summary>
internal sealed class RepositoryPullRequests(GitHubTransport transport, RepositoryName repository)
{
    /// <returns>Null if there is none of that number.</returns>
    public async Task<GitHubPullRequest?> GetAsync(PullRequestNumber number, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/pulls/{number}"), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        return answer.Read(PullRequestsJson.Default.GitHubPullRequest) with { Raw = answer.Read(PullRequestsJson.Default.JsonElement) };
    }

    /// <summary>Whether a pull request of this branch, not of a fork's, is open.</summary>
    public async Task<bool> IsAnyOpenAsync(GitRef branch, CancellationToken cancellationToken) =>
        await OpenOf(branch, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>
    /// The pull request of this branch, not of a fork's, that is open. Of several, which differ in where they go to, the one that goes to
    /// the default branch is meant, else the newest.
    /// </summary>
    public async Task<GitHubPullRequest?> FindOpenAsync(GitRef branch, CancellationToken cancellationToken)
    {
        var open = await OpenOf(branch, cancellationToken).ToListAsync(cancellationToken);
        return open.Find(pull => pull.Base.Branch == pull.Base.Repo?.DefaultBranch) ?? open.MaxBy(pull => pull.Number.Value);
    }

    /// <summary>The last pull request of this branch, not of a fork's, that was closed or merged; null if it never had one.</summary>
    public async Task<GitHubPullRequest?> FindLastClosedAsync(GitRef branch, CancellationToken cancellationToken)
    {
        GitHubPath path = $"repos/{repository}/pulls?state=closed&sort=created&direction=desc&per_page=10";
        var answer = await transport.SendAsync(GitHubCall.Get(path.And("head", HeadOf(branch))), cancellationToken);
        return answer.Read(PullRequestsJson.Default.GitHubPullRequestArray).FirstOrDefault(pull => IsOf(branch, pull));
    }

    private IAsyncEnumerable<GitHubPullRequest> OpenOf(GitRef branch, CancellationToken cancellationToken)
    {
        GitHubPath path = $"repos/{repository}/pulls?state=open&per_page=100";
        return transport.ReadAllAsync(GitHubCall.Get(path.And("head", HeadOf(branch))), PullRequestsJson.Default.GitHubPullRequestArray, cancellationToken)
            .Where(pull => IsOf(branch, pull));
    }

    private string HeadOf(GitRef branch) => $"{repository.Owner}:{branch.ShortName}";

    private static bool IsOf(GitRef branch, GitHubPullRequest pull) => pull.Head.Branch == branch.ShortName && !pull.IsFromFork;

    /// <inheritdoc cref="ChangedFileQuery.RunAsync"/>
    public Task<ChangedFile?> AskForFileAsync(PullRequestNumber number, string path, string misnamed, CancellationToken cancellationToken) =>
        ChangedFileQuery.RunAsync(transport, repository, number, path, misnamed, cancellationToken);
}

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

/// <summary>Pull requests and what is said in them. Fields that we don't know are skipped, and those that GitHub leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Login),
        typeof(NameConverters.Repository),
        typeof(NameConverters.PullRequest),
        typeof(NameConverters.RepositoryNumber),
        typeof(NameConverters.User),
    ])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(CommentText))]
[JsonSerializable(typeof(GitHubComment))]
[JsonSerializable(typeof(GitHubComment[]))]
[JsonSerializable(typeof(GitHubPullRequest))]
[JsonSerializable(typeof(GitHubPullRequest[]))]
internal sealed partial class PullRequestsJson : JsonSerializerContext;
