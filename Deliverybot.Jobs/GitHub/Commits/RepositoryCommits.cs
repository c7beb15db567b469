using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Commits: <see href="https://docs.github.com/rest/commits/commits"/>.</summary>
internal sealed class RepositoryCommits(GitHubTransport transport, RepositoryName repository)
{
    /// <returns>Null if the repository has no such commit.</returns>
    public async Task<GitHubCommit?> GetAsync(Revision revision, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/commits/{revision}"), cancellationToken);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
        {
            return null;
        }

        return answer.Read(GitHubJson.Default.GitHubCommit) with { Raw = answer.Read(GitHubJson.Default.JsonElement) };
    }

    /// <returns>Null if one of the two is unknown, or they have nothing in common.</returns>
    public async Task<CommitComparison?> CompareAsync(Revision @base, Revision head, CancellationToken cancellationToken)
    {
        // Only the verdict is wanted, which stands on every page. The first one lists the changed files with their patches besides, be
        // it asked for a single commit: a megabyte, and time to compute it. The second lists none, also where there is no second commit:
        // https://docs.github.com/rest/commits/commits#compare-two-commits, https://github.com/github/rest-api-description/issues/3552
        var call = GitHubCall.Get($"repos/{repository}/compare/{@base}...{head}?per_page=1&page=2");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.ReadUnlessMissing(GitHubJson.Default.CommitComparison);
    }

    /// <summary>Whether a branch that stands at <paramref name="head"/> contains the commit.</summary>
    public async Task<bool> ContainsAsync(CommitSha head, CommitSha commit, CancellationToken cancellationToken) =>
        await CompareAsync(head, commit, cancellationToken) is { HeadIsContained: true };
}
