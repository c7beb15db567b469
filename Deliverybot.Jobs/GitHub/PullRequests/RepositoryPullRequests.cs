using System.Net;
using System.Text.Json;
using Deliverybot.Data.Names;
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

        var raw = answer.Read(GitHubJson.Default.JsonElement);
        return raw.Deserialize(GitHubJson.Default.GitHubPullRequest)! with { Raw = raw };
    }

    /// <summary>Whether a pull request of this branch, not of a fork's, is open.</summary>
    public async Task<bool> IsAnyOpenAsync(GitRef branch, CancellationToken cancellationToken)
    {
        GitHubPath path = $"repos/{repository}/pulls?state=open&per_page=100";
        path = path.And("head", $"{repository.Owner}:{branch.ShortName}");
        var open = transport.ReadAllAsync(GitHubCall.Get(path), GitHubJson.Default.GitHubPullRequestArray, cancellationToken);
        return await open.AnyAsync(pull => pull.Head.Branch == branch.ShortName && !pull.IsFromFork, cancellationToken);
    }

    /// <summary>Whether it changes, moves or removes the file: a call for each hundred of its files until that is found; GitHub lists 3000 at most.</summary>
    public async Task<bool> TouchesAsync(PullRequestNumber number, string path, CancellationToken cancellationToken)
    {
        var files = transport.ReadAllAsync(
            GitHubCall.Get($"repos/{repository}/pulls/{number}/files?per_page=100"), GitHubJson.Default.GitHubPullRequestFileArray, cancellationToken);
        return await files.AnyAsync(file => file.Filename == path || file.PreviousFilename == path, cancellationToken);
    }
}
