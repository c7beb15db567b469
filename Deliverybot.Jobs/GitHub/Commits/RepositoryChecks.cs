using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Check runs: <see href="https://docs.github.com/rest/checks/runs"/>.</summary>
internal sealed class RepositoryChecks(GitHubTransport transport, RepositoryName repository)
{
    /// <summary>All pages of a commit's latest runs. Several of one name remain where several apps or suites made them.</summary>
    public async Task<IReadOnlyList<CheckRun>> ListAsync(CommitSha sha, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"repos/{repository}/commits/{sha}/check-runs?per_page=100");
        var runs = new List<CheckRun>();
        await foreach (var page in transport.ReadPagesAsync(call, GitHubJson.Default.CheckRunPage, cancellationToken))
        {
            runs.AddRange(page.CheckRuns);
        }

        return runs;
    }
}
