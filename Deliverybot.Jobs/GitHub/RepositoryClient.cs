using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub;

/// <summary>One repository, by the rights of whoever it was asked of.</summary>
internal sealed class RepositoryClient(GitHubTransport transport, RepositoryName name)
{
    public RepositoryName Name => name;

    /// <inheritdoc cref="GitHubTransport.LeaveCallsToOthers"/>
    public void LeaveCallsToOthers() => transport.LeaveCallsToOthers();

    public RepositoryContents Contents => new(transport, name);

    public RepositoryDeployments Deployments => new(transport, name);

    public RepositoryCommits Commits => new(transport, name);

    public RepositoryRefs Refs => new(transport, name);

    public RepositoryCommitStatuses CommitStatuses => new(transport, name);

    public RepositoryChecks Checks => new(transport, name);

    public RepositoryPullRequests PullRequests => new(transport, name);

    public RepositoryComments Comments => new(transport, name);

    public RepositoryCollaborators Collaborators => new(transport, name);

    /// <returns>Null if there is none of that name, or none that the caller may see.</returns>
    public async Task<RepositoryInfo?> GetAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{name}"), cancellationToken);
        return answer.ReadUnlessMissing(AccessJson.Default.RepositoryInfo);
    }

    /// <returns>Its languages, as GitHub calls them, those with the most text first.</returns>
    public async Task<IReadOnlyList<string>> ListLanguagesAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{name}/languages"), cancellationToken);
        return [.. answer.Read(AccessJson.Default.DictionaryStringInt64).OrderByDescending(language => language.Value).Select(language => language.Key)];
    }
}
