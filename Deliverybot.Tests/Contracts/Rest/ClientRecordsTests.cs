using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>What our client reads is what GitHub describes.</summary>
public sealed class ClientRecordsTests
{
    private static readonly (JsonTypeInfo Record, string Method, string Template, int Status)[] Readings =
    [
        (AccessJson.Default.GitHubInstallation, "GET", "/repos/{owner}/{repo}/installation", 200),
        (AccessJson.Default.GitHubInstallation, "GET", "/app/installations/{installation_id}", 200),
        (InstallationTokenJson.Default.InstallationAccessToken, "POST", "/app/installations/{installation_id}/access_tokens", 201),
        (AccessJson.Default.GitHubApp, "GET", "/app", 200),
        (AccessJson.Default.HookConfig, "GET", "/app/hook/config", 200),
        (AccessJson.Default.HookDeliveryArray, "GET", "/app/hook/deliveries", 200),
        (AccessJson.Default.GitHubAccount, "GET", "/user", 200),
        (AccessJson.Default.GitHubInstallationPage, "GET", "/user/installations", 200),
        (AccessJson.Default.RepositoryPage, "GET", "/user/installations/{installation_id}/repositories", 200),
        (AccessJson.Default.RepositoryInfo, "GET", "/repos/{owner}/{repo}", 200),
        (AccessJson.Default.CollaboratorGrant, "GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", 200),
        (CommitsJson.Default.GitObject, "GET", "/repos/{owner}/{repo}/git/ref/{ref}", 200),
        (CommitsJson.Default.GitObject, "GET", "/repos/{owner}/{repo}/git/tags/{tag_sha}", 200),
        (CommitsJson.Default.GitHubCommit, "GET", "/repos/{owner}/{repo}/commits/{ref}", 200),
        (CommitsJson.Default.CommitComparison, "GET", "/repos/{owner}/{repo}/compare/{basehead}", 200),
        (CommitsJson.Default.CommitRange, "GET", "/repos/{owner}/{repo}/compare/{basehead}", 200),
        (CommitsJson.Default.CommitStatusArray, "GET", "/repos/{owner}/{repo}/commits/{ref}/statuses", 200),
        (CommitsJson.Default.CheckRunPage, "GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", 200),
        (PullRequestsJson.Default.GitHubPullRequest, "GET", "/repos/{owner}/{repo}/pulls/{pull_number}", 200),
        (PullRequestsJson.Default.GitHubPullRequestArray, "GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", 200),
        (PullRequestsJson.Default.GitHubComment, "GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", 200),
        (PullRequestsJson.Default.GitHubComment, "POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", 201),
        (PullRequestsJson.Default.GitHubCommentArray, "GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", 200),
        (DeploymentsJson.Default.CreatedDeployment, "POST", "/repos/{owner}/{repo}/deployments", 201),
        (DeploymentsJson.Default.GitHubDeploymentArray, "GET", "/repos/{owner}/{repo}/deployments", 200),
        (DeploymentsJson.Default.GitHubDeploymentStatusArray, "GET", "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", 200),
    ];

    [Fact]
    public async Task Every_field_that_we_read_is_given_by_GitHub()
    {
        var description = await GitHubDescription.GetAsync();

        Readings
            .SelectMany(reading => description.Misreadings(reading.Record, reading.Method, reading.Template, reading.Status)
                .Where(fault => !RestExceptions.Excuse(reading.Template, fault)))
            .ShouldBeEmpty();
    }
}
