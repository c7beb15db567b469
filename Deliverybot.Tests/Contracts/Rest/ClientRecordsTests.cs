using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>What our client reads is what GitHub describes.</summary>
public sealed class ClientRecordsTests
{
    private static readonly GitHubJson Records = GitHubJson.Default;

    private static readonly (JsonTypeInfo Record, string Method, string Template, int Status)[] Readings =
    [
        (Records.Installation, "GET", "/repos/{owner}/{repo}/installation", 200),
        (Records.Installation, "GET", "/app/installations/{installation_id}", 200),
        (Records.InstallationAccessToken, "POST", "/app/installations/{installation_id}/access_tokens", 201),
        (Records.HookDeliveryArray, "GET", "/app/hook/deliveries", 200),
        (Records.GitHubAccount, "GET", "/user", 200),
        (Records.InstallationPage, "GET", "/user/installations", 200),
        (Records.RepositoryPage, "GET", "/user/installations/{installation_id}/repositories", 200),
        (Records.RepositoryInfo, "GET", "/repos/{owner}/{repo}", 200),
        (Records.CollaboratorGrant, "GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", 200),
        (Records.GitObject, "GET", "/repos/{owner}/{repo}/git/ref/{ref}", 200),
        (Records.GitObject, "GET", "/repos/{owner}/{repo}/git/tags/{tag_sha}", 200),
        (Records.GitHubCommit, "GET", "/repos/{owner}/{repo}/commits/{ref}", 200),
        (Records.CommitComparison, "GET", "/repos/{owner}/{repo}/compare/{basehead}", 200),
        (Records.CommitStatusArray, "GET", "/repos/{owner}/{repo}/commits/{ref}/statuses", 200),
        (Records.CheckRunPage, "GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", 200),
        (Records.GitHubPullRequest, "GET", "/repos/{owner}/{repo}/pulls/{pull_number}", 200),
        (Records.GitHubPullRequestArray, "GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", 200),
        (Records.GitHubComment, "GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", 200),
        (Records.GitHubComment, "POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", 201),
        (Records.GitHubCommentArray, "GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", 200),
        (Records.CreatedDeployment, "POST", "/repos/{owner}/{repo}/deployments", 201),
        (Records.GitHubDeploymentArray, "GET", "/repos/{owner}/{repo}/deployments", 200),
        (Records.GitHubDeploymentStatusArray, "GET", "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", 200),
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
