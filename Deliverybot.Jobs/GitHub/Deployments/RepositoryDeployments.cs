using System.Net;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>Deployments and their statuses: <see href="https://docs.github.com/rest/deployments"/>.</summary>
internal sealed class RepositoryDeployments(GitHubTransport transport, RepositoryName repository)
{
    public async Task<DeploymentCreation> CreateAsync(NewDeployment deployment, CancellationToken cancellationToken)
    {
        var call = GitHubCall.Post($"repos/{repository}/deployments", NewDeploymentJson.Write(deployment));
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.Created => Created(answer.Read(DeploymentsJson.Default.CreatedDeployment)),
            HttpStatusCode.Accepted => new DeploymentCreation.Merged(answer.Message),
            HttpStatusCode.Conflict => DeploymentConflict.Read(answer),
            _ => new DeploymentCreation.Refused(answer.Status, answer.Message),
        };
    }

    /// <summary>The newest first, each page asked for when the one before has been used up.</summary>
    public IAsyncEnumerable<GitHubDeployment> ListAsync(DeploymentFilter filter, CancellationToken cancellationToken)
    {
        GitHubPath path = $"repos/{repository}/deployments?per_page=100";
        path = path
            .And("environment", filter.Environment?.Value)
            .And("sha", filter.Sha?.Value);
        return transport.ReadAllAsync(GitHubCall.Get(path), DeploymentsJson.Default.GitHubDeploymentArray, cancellationToken);
    }

    /// <returns>Null if there is no such deployment (any more).</returns>
    public async Task<GitHubDeployment?> GetAsync(GitHubDeploymentId id, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/deployments/{id}"), cancellationToken);
        return answer.ReadUnlessMissing(DeploymentsJson.Default.GitHubDeployment);
    }

    /// <summary>Finds what an unknown outcome left behind: the deployment made for this row of ours, if GitHub has it.</summary>
    public async Task<GitHubDeployment?> FindByCorrelationAsync(
        DeploymentId correlation, DeploymentFilter filter, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        await foreach (var deployment in ListAsync(filter, cancellationToken))
        {
            if (deployment.CreatedAt < notBefore)
            {
                break;
            }

            if (deployment.Correlation == correlation)
            {
                return deployment;
            }
        }

        return null;
    }

    /// <returns>False if there is no such deployment (any more).</returns>
    public async Task<bool> CreateStatusAsync(GitHubDeploymentId id, NewDeploymentStatus status, CancellationToken cancellationToken)
    {
        var answer = await SendStatusAsync(id, status, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return false;
        }

        answer.EnsureSuccess();
        return true;
    }

    /// <returns>The status as GitHub keeps it, which an event will tell of, too; null if there is no such deployment (any more).</returns>
    public async Task<GitHubDeploymentStatus?> ReportAsync(GitHubDeploymentId id, NewDeploymentStatus status, CancellationToken cancellationToken) =>
        (await SendStatusAsync(id, status, cancellationToken)).ReadUnlessMissing(DeploymentsJson.Default.GitHubDeploymentStatus);

    /// <summary>The newest first.</summary>
    public IAsyncEnumerable<GitHubDeploymentStatus> ListStatusesAsync(GitHubDeploymentId id, CancellationToken cancellationToken) =>
        transport.ReadAllAsync(
            GitHubCall.Get($"repos/{repository}/deployments/{id}/statuses?per_page=100"),
            DeploymentsJson.Default.GitHubDeploymentStatusArray,
            cancellationToken);

    private Task<GitHubAnswer> SendStatusAsync(GitHubDeploymentId id, NewDeploymentStatus status, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(status, DeploymentsJson.Default.NewDeploymentStatus);
        return transport.SendAsync(GitHubCall.Post($"repos/{repository}/deployments/{id}/statuses", body), cancellationToken);
    }

    private static DeploymentCreation.Created Created(CreatedDeployment answer) => new(answer.Id, answer.Sha, answer.CreatedAt);
}

/// <summary>Which deployments to list; what is null doesn't matter.</summary>
internal sealed record DeploymentFilter(EnvironmentName? Environment = null, CommitSha? Sha = null);
