using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox.Contract;

/// <summary>What the stand-in answers must have the shape that GitHub describes.</summary>
public sealed class AnswerContractTests
{
    [Fact]
    public async Task The_App_and_its_installations()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        var id = github.Installation.Id;
        await CheckAsync(github, "GET", "/app", github.Jwt());
        await CheckAsync(github, "GET", "/app/installations", github.Jwt());
        await CheckAsync(github, "GET", $"/app/installations/{id}", github.Jwt());
        await CheckAsync(github, "POST", $"/app/installations/{id}/access_tokens", github.Jwt(), new { repository_ids = new[] { github.Repository.Id } });
        await CheckAsync(github, "GET", $"{github.Repo}/installation", github.Jwt());
        await CheckAsync(github, "GET", "/app/hook/config", github.Jwt());
        var deliveries = await CheckAsync(github, "GET", "/app/hook/deliveries", github.Jwt());
        await CheckAsync(github, "GET", $"/app/hook/deliveries/{deliveries.Body[0]!["id"]}", github.Jwt());
        await CheckAsync(github, "GET", "/installation/repositories", await github.InstallationTokenAsync());
    }

    [Fact]
    public async Task People_and_what_they_reach()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = github.UserToken(github.Writer);
        await CheckAsync(github, "GET", "/user", token);
        await CheckAsync(github, "GET", "/user/orgs", token);
        await CheckAsync(github, "GET", "/user/installations", token);
        await CheckAsync(github, "GET", $"/user/installations/{github.Installation.Id}/repositories", token);
        await CheckAsync(github, "GET", "/users/ada", token);
        await CheckAsync(github, "GET", "/orgs/acme/repos", token);
        await CheckAsync(github, "GET", "/rate_limit", token);
        await CheckAsync(github, "GET", github.Repo, token);
        await CheckAsync(github, "GET", $"{github.Repo}/collaborators", token);
        await CheckAsync(github, "GET", $"{github.Repo}/collaborators/ada/permission", token);
    }

    [Fact]
    public async Task Commits_refs_and_contents()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var (world, repository) = (github.World, github.Repository);
        world.Push(repository, "feature/a", github.Writer, "One");
        world.OpenPullRequest(repository, "feature/a", github.Writer, "A change");
        var tag = world.CreateTag(repository, "v1", repository.Head, github.Writer, "one");
        foreach (var path in new[]
        {
            "/contents/README.md", "/contents/", "/commits", "/commits/feature/a", $"/commits/{repository.Branches["feature/a"]}/pulls",
            "/compare/main...feature/a", "/git/ref/tags/v1", $"/git/tags/{tag}", $"/git/commits/{repository.Head}", "/git/matching-refs/heads/",
            "/branches", "/branches/feature/a", "/tags", "/pulls", "/pulls/1", "/pulls/1/files", "/pulls/1/commits",
        })
        {
            await CheckAsync(github, "GET", github.Repo + path, token);
        }
    }

    [Fact]
    public async Task Statuses_and_checks()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var run = github.World.StartCheck(github.Repository, github.Repository.Head, "ci");
        github.World.StartCheck(github.Repository, github.Repository.Head, "lint");
        github.World.FinishCheck(github.Repository, run, "success");
        await CheckAsync(github, "POST", $"{github.Repo}/statuses/{github.Repository.Head}", token, new { state = "success", context = "x" });
        foreach (var path in new[]
        {
            "/commits/main/status", "/commits/main/statuses", "/commits/main/check-runs", "/commits/main/check-suites",
            $"/check-suites/{run.Suite.Id}", $"/check-suites/{run.Suite.Id}/check-runs", $"/check-runs/{run.Id}",
        })
        {
            await CheckAsync(github, "GET", github.Repo + path, token);
        }
    }

    [Fact]
    public async Task Deployments_and_their_statuses()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = github.UserToken(github.Writer);
        var deployments = $"{github.Repo}/deployments";
        var created = await CheckAsync(github, "POST", deployments, token, new { @ref = "main", payload = new { a = 1 } });
        string[] unmet = ["nope"];
        await CheckAsync(github, "POST", deployments, token, new { @ref = "main", required_contexts = unmet });
        await CheckAsync(github, "POST", deployments, token, new { @ref = "nowhere" });
        var one = $"{deployments}/{created.Body["id"]}";
        await CheckAsync(github, "POST", $"{one}/statuses", token, new { state = "success" });
        await CheckAsync(github, "GET", $"{one}/statuses", token);
        await CheckAsync(github, "GET", one, token);
        await CheckAsync(github, "GET", deployments, token);
    }

    [Fact]
    public async Task Comments_and_reactions()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.Push(github.Repository, "topic", github.Writer, "One");
        github.World.OpenPullRequest(github.Repository, "topic", github.Writer, "A change");
        await CheckAsync(github, "GET", $"{github.Repo}/issues/1", token);
        var comment = await CheckAsync(github, "POST", $"{github.Repo}/issues/1/comments", token, new { body = "Hello" });
        var path = $"{github.Repo}/issues/comments/{comment.Body["id"]}";
        await CheckAsync(github, "PATCH", path, token, new { body = "Changed" });
        await CheckAsync(github, "GET", path, token);
        await CheckAsync(github, "POST", $"{path}/reactions", token, new { content = "eyes" });
        await CheckAsync(github, "GET", $"{path}/reactions", token);
        await CheckAsync(github, "GET", $"{github.Repo}/issues/1/comments", token);
    }

    private static async Task<SandboxDriver.Answer> CheckAsync(SandboxDriver github, string method, string path, string token, object? body = null)
    {
        var answer = await github.SendAsync(method, path, token, body);
        var route = github.Server.Requests.All[^1].Route;
        (await GitHubDescription.FaultsOfAnswerAsync(method, route, answer.Status, answer.Text)).ShouldBeEmpty();
        return answer;
    }
}
