using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.GraphQl;
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

        return answer.Read(GitHubJson.Default.GitHubPullRequest) with { Raw = answer.Read(GitHubJson.Default.JsonElement) };
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

    private IAsyncEnumerable<GitHubPullRequest> OpenOf(GitRef branch, CancellationToken cancellationToken)
    {
        GitHubPath path = $"repos/{repository}/pulls?state=open&per_page=100";
        path = path.And("head", $"{repository.Owner}:{branch.ShortName}");
        return transport.ReadAllAsync(GitHubCall.Get(path), GitHubJson.Default.GitHubPullRequestArray, cancellationToken)
            .Where(pull => pull.Head.Branch == branch.ShortName && !pull.IsFromFork);
    }

    /// <inheritdoc cref="ChangedFileQuery.RunAsync"/>
    public Task<ChangedFile?> AskForFileAsync(PullRequestNumber number, string path, string misnamed, CancellationToken cancellationToken) =>
        ChangedFileQuery.RunAsync(transport, repository, number, path, misnamed, cancellationToken);
}
