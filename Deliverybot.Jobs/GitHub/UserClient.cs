using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub;

/// <summary>What a signed-in user does, with his own rights. Cheap, and gone with the request.</summary>
internal sealed class UserClient(GitHubTransport transport)
{
    public RepositoryClient Repository(RepositoryName name) => new(transport, name);

    public async Task<GitHubAccount> GetSelfAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"user"), cancellationToken);
        return answer.Read(GitHubJson.Default.GitHubAccount);
    }

    /// <summary>The installations of the App that the user can reach, those of users and organisations.</summary>
    public async IAsyncEnumerable<Installation> ListInstallationsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"user/installations?per_page=100");
        await foreach (var page in transport.ReadPagesAsync(call, GitHubJson.Default.InstallationPage, cancellationToken))
        {
            foreach (var installation in page.Installations.Where(installation => installation.HasOwner))
            {
                yield return installation;
            }
        }
    }

    /// <param name="installation">One that the user can reach.</param>
    /// <param name="page">From 1 on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if the installation is gone, or not the user's to see.</returns>
    public async Task<RepositoryPage?> ListRepositoriesAsync(InstallationId installation, int page, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Get($"user/installations/{installation}/repositories?per_page={RepositoryPage.Size}&page={page}");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.ReadUnlessMissing(GitHubJson.Default.RepositoryPage);
    }

    /// <summary>Sends one of the embedded documents.</summary>
    /// <returns>Null if what it asks for isn't there, or not the user's to see.</returns>
    public async Task<T?> GraphQlAsync<T>(
        GraphQlDocument document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var call = GitHubCall.GraphQl(transport.GraphQlAddress, document.Name, document.BodyWith(variables));
        var answer = await transport.SendAsync(call, cancellationToken);
        return GraphQlAnswer.Read(transport, answer, type);
    }
}
