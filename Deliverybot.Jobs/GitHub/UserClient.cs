using System.Runtime.CompilerServices;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub;

/// <summary>What a signed-in user does, with their own rights. Cheap, and gone with the request.</summary>
internal sealed class UserClient(GitHubTransport transport)
{
    public RepositoryClient Repository(RepositoryName name) => new(transport, name);

    public async Task<GitHubAccount> GetSelfAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"user"), cancellationToken);
        return answer.Read(AccessJson.Default.GitHubAccount);
    }

    /// <summary>The installations of the App that the user can reach, those of users and organisations.</summary>
    public async IAsyncEnumerable<GitHubInstallation> ListInstallationsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"user/installations?per_page=100");
        await foreach (var page in transport.ReadPagesAsync(call, AccessJson.Default.GitHubInstallationPage, cancellationToken))
        {
            foreach (var installation in page.Installations.Where(installation => installation.HasOwner))
            {
                yield return installation;
            }
        }
    }

    /// <param name="installation">One that the user can reach.</param>
    /// <param name="page">From 1 on.</param>
    /// <returns>Null if the installation is gone, or not the user's to see.</returns>
    public async Task<RepositoryPage?> ListRepositoriesAsync(InstallationId installation, int page, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"user/installations/{installation}/repositories?per_page={RepositoryPage.Size}&page={page}");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.ReadUnlessMissing(AccessJson.Default.RepositoryPage);
    }

    /// <inheritdoc cref="CommitsPageQuery.RunAsync"/>
    public Task<BranchCommits?> ReadCommitsPageAsync(
        RepositoryName repository, GitRef? shown, string? cursor, string? branchQuery, CancellationToken cancellationToken) =>
        CommitsPageQuery.RunAsync(transport, repository, shown, cursor, branchQuery, cancellationToken);

    /// <inheritdoc cref="EnvironmentCommitsQuery.RunAsync"/>
    public Task<EnvironmentCommits?> ReadEnvironmentCommitsAsync(
        RepositoryName repository, IReadOnlyList<CommitSha> commits, IReadOnlyList<PlacedCommit> places, CancellationToken cancellationToken) =>
        EnvironmentCommitsQuery.RunAsync(transport, repository, commits, places, cancellationToken);
}
