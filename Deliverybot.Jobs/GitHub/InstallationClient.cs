using System.Runtime.CompilerServices;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub;

/// <summary>What the App does by itself, where it is installed. Kept as long as the process, with its token and its ETags.</summary>
internal sealed class InstallationClient(GitHubTransport transport, InstallationId id)
{
    public InstallationId Id => id;

    /// <inheritdoc cref="GitHubTransport.LeaveCallsToOthers"/>
    public void LeaveCallsToOthers() => transport.LeaveCallsToOthers();

    /// <summary>
    /// A repository by its number, whatever it is called by now. GitHub's documentation names this address only as the one to which it leads
    /// whoever asks by a former name, and in its links to next pages; following both is what it asks of us
    /// (<see href="https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects"/>).
    /// </summary>
    /// <returns>Null if there is none, or none that the installation may see. A public one is seen by everybody.</returns>
    public Task<RepositoryInfo?> FindRepositoryAsync(RepositoryId id, CancellationToken cancellationToken) =>
        transport.FindAsync(GitHubCall.Get($"repositories/{id}"), AccessJson.Default.RepositoryInfo, cancellationToken);

    /// <summary>All that the App is let into here: <see href="https://docs.github.com/rest/apps/installations#list-repositories-accessible-to-the-app-installation"/>.</summary>
    public async IAsyncEnumerable<RepositoryInfo> ListRepositoriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"installation/repositories?per_page=100");
        await foreach (var page in transport.ReadPagesAsync(call, AccessJson.Default.RepositoryPage, cancellationToken))
        {
            foreach (var repository in page.Repositories)
            {
                yield return repository;
            }
        }
    }

    public RepositoryClient Repository(RepositoryName name) => new(transport, name);
}
