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
}
