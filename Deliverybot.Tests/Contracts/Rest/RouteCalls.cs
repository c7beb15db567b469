using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Tests.Sandbox;
using Shouldly;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Calls the routes of a stand-in GitHub, every one with an answer that is no refusal.</summary>
internal sealed class RouteCalls(SandboxDriver github)
{
    private readonly string _head = github.Repository.Head;
    private string? _installationToken;

    public async Task CallAsAppAsync()
    {
        var jwt = github.Jwt();
        github.World.Webhooks.Url = new Uri("http://127.0.0.1:1/");
        github.World.Webhooks.Ping();
        await github.World.Webhooks.WaitUntilDeliveredAsync(SandboxDriver.Cancellation);
        await GetAsync(jwt, "/app", "/app/hook/config", "/app/installations?per_page=1", $"/app/installations/{github.Installation.Id}");
        (github.World.Webhooks.AsForm, github.World.Webhooks.Signs) = (true, false);
        await GetAsync(jwt, "/app/hook/config");
        await GetAsync(jwt, $"{github.Repo}/installation", "/orgs/acme/installation");
        github.World.Install(github.Writer);
        await GetAsync(jwt, "/users/ada/installation");
        var deliveries = await GetAsync(jwt, "/app/hook/deliveries?per_page=100");
        await GetAsync(jwt, $"/app/hook/deliveries/{deliveries[0]!["id"]}");
        await SendAsync("POST", $"/app/hook/deliveries/{deliveries[0]!["id"]}/attempts", jwt);
        var narrow = new { repositories = new[] { github.Repository.Name }, permissions = new { contents = "read" } };
        var token = await SendAsync("POST", $"/app/installations/{github.Installation.Id}/access_tokens", jwt, narrow);
        await GetAsync((string)token["token"]!, "/installation/repositories?per_page=100&page=1");
        await SendAsync("DELETE", "/installation/token", (string)token["token"]!);
        var code = github.World.Manifests.Register(new JsonObject { ["hook_attributes"] = new JsonObject { ["url"] = "http://127.0.0.1:1/" } });
        await SendAsync("POST", $"/app-manifests/{code}/conversions", jwt);
    }

    public async Task CallAsUserAsync()
    {
        var token = github.UserToken(github.Writer);
        await GetAsync(token, "/user", "/user/orgs", "/user/installations", $"/user/installations/{github.Installation.Id}/repositories?per_page=100&page=1");
        await GetAsync(token, "/users/rita", "/orgs/acme", "/orgs/acme/repos", "/rate_limit", "/meta");
        var client = $"/applications/{github.Server.App.ClientId}";
        var secret = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{github.Server.App.ClientId}:{github.Server.App.ClientSecret}"));
        await SendAsync("POST", $"{client}/token", secret, new { access_token = token });
        await SendAsync("DELETE", $"{client}/token", secret, new { access_token = token });
        await SendAsync("DELETE", $"{client}/grant", secret, new { access_token = github.UserToken(github.Writer) });
    }

    public async Task CallForRepositoryAsync()
    {
        github.World.CreateTag(github.Repository, "light", _head, github.Writer);
        var tag = github.World.CreateTag(github.Repository, "v1", _head, github.Writer, "the first");
        github.World.SetBranch(github.Repository, "feature/x", _head, github.Writer);
        github.World.Push(github.Repository, "feature/x", github.Writer, "A file", new Dictionary<string, string?> { ["docs/read me.md"] = "Read me" });
        var token = await InstallationTokenAsync();
        await GetAsync(token, github.Repo, $"/repositories/{github.Repository.Id}", $"{github.Repo}/languages");
        await GetAsync(github.UserToken(github.Writer), github.Repo);
        await GetAsync(token, $"{github.Repo}/collaborators", $"{github.Repo}/collaborators/rita/permission");
        await GetAsync(token, $"{github.Repo}/contents/", $"{github.Repo}/contents/docs/read%20me.md?ref=feature%2Fx");
        await GetAsync(token, $"{github.Repo}/branches?per_page=1", $"{github.Repo}/branches/main", $"{github.Repo}/branches/feature/x", $"{github.Repo}/tags");
        await GetAsync(token, $"{github.Repo}/git/ref/heads/feature/x", $"{github.Repo}/git/ref/tags/v1", $"{github.Repo}/git/matching-refs/tags");
        await GetAsync(token, $"{github.Repo}/git/tags/{tag}", $"{github.Repo}/git/commits/{_head}");
        var fork = github.World.Fork(github.Repository, github.Reader);
        github.World.Install(github.Reader);
        await GetAsync(github.UserToken(github.Reader), $"/repos/{fork.FullName}");
    }

    public async Task CallForCommitsAsync()
    {
        github.World.SetStatus(github.Repository, _head, "ci/status", "success", targetUrl: "https://ci.example/1", description: "fine");
        var running = github.World.StartCheck(github.Repository, _head, "ci");
        var done = github.World.StartCheck(github.Repository, _head, "lint");
        github.World.FinishCheck(github.Repository, done, "success");
        var token = await InstallationTokenAsync();
        await GetAsync(token, $"{github.Repo}/commits?sha=main&path=README.md&per_page=1", $"{github.Repo}/commits/{_head}", $"{github.Repo}/commits/heads/main");
        await GetAsync(token, $"{github.Repo}/commits/{_head}/status", $"{github.Repo}/commits/{_head}/statuses?per_page=1");
        await GetAsync(token, $"{github.Repo}/commits/{_head}/check-runs?check_name=ci&status=queued&filter=all&app_id=15368");
        await GetAsync(token, $"{github.Repo}/commits/{_head}/check-runs", $"{github.Repo}/commits/{_head}/check-suites");
        await GetAsync(token, $"{github.Repo}/check-runs/{running.Id}", $"{github.Repo}/check-suites/{done.Suite.Id}", $"{github.Repo}/check-suites/{done.Suite.Id}/check-runs");
        await GetAsync(token, $"{github.Repo}/compare/main...feature/x?per_page=1&page=1", $"{github.Repo}/compare/feature/x...main");
        await SendAsync("POST", $"{github.Repo}/statuses/{_head}", token, new { state = "pending", context = "deliverybot", description = "on the way", target_url = "https://deliverybot.example/" });
    }

    public async Task CallForConversationAsync()
    {
        var pull = github.World.OpenPullRequest(github.Repository, "feature/x", github.Writer, "A change", "What for");
        var issue = github.World.OpenIssue(github.Repository, github.Reader, "A question");
        var token = await InstallationTokenAsync();
        await GetAsync(token, $"{github.Repo}/pulls?state=all&head=acme:feature/x&base=main", $"{github.Repo}/pulls/{pull.Number}");
        await GetAsync(token, $"{github.Repo}/pulls/{pull.Number}/commits", $"{github.Repo}/pulls/{pull.Number}/files");
        await GetAsync(token, $"{github.Repo}/commits/{pull.HeadSha}/pulls", $"{github.Repo}/issues/{pull.Number}", $"{github.Repo}/issues/{issue.Number}");
        var comment = await SendAsync("POST", $"{github.Repo}/issues/{pull.Number}/comments", token, new { body = "one" });
        var comments = $"{github.Repo}/issues/comments/{comment["id"]}";
        await SendAsync("PATCH", comments, token, new { body = "two" });
        var reaction = await SendAsync("POST", $"{comments}/reactions", token, new { content = "eyes" });
        await SendAsync("POST", $"{comments}/reactions", token, new { content = "eyes" });
        await GetAsync(token, comments, $"{github.Repo}/issues/{pull.Number}/comments", $"{comments}/reactions");
        await SendAsync("DELETE", $"{comments}/reactions/{reaction["id"]}", token);
        await SendAsync("DELETE", comments, token);
        github.World.MergePullRequest(github.Repository, pull, github.Writer);
        await GetAsync(token, $"{github.Repo}/pulls/{pull.Number}");
    }

    public async Task CallForDeploymentsAsync()
    {
        var token = await InstallationTokenAsync();
        var deployment = await SendAsync("POST", $"{github.Repo}/deployments", token, new { @ref = "main", auto_merge = false, payload = "text", required_contexts = Array.Empty<string>() });
        var path = $"{github.Repo}/deployments/{deployment["id"]}";
        var status = await SendAsync("POST", $"{path}/statuses", token, new { state = "in_progress", environment = "production", log_url = "https://log.example/", auto_inactive = false });
        await SendAsync("POST", $"{path}/statuses", token, new { state = "inactive" });
        await GetAsync(token, $"{github.Repo}/deployments?sha={_head}&ref=main&task=deploy&environment=production", path, $"{path}/statuses", $"{path}/statuses/{status["id"]}");
        await SendAsync("DELETE", path, token);
        github.Installation.Permissions["contents"] = "write";
        github.World.SetBranch(github.Repository, "late", _head, github.Writer);
        github.World.Push(github.Repository, "late", github.Writer, "Late", new Dictionary<string, string?> { ["late"] = "1" });
        await SendAsync("POST", $"{github.Repo}/merges", token, new { @base = "main", head = "late", commit_message = "At last" });
        await SendAsync("POST", $"{github.Repo}/merges", token, new { @base = "main", head = "late" });
    }

    private async Task<string> InstallationTokenAsync() => _installationToken ??= await github.InstallationTokenAsync();

    private async Task<JsonNode> GetAsync(string token, params string[] paths)
    {
        JsonNode? last = null;
        foreach (var path in paths)
        {
            last = await SendAsync("GET", path, token);
        }

        return last!;
    }

    private async Task<JsonNode> SendAsync(string method, string path, string token, object? body = null)
    {
        var answer = await github.SendAsync(method, path, token, body);
        answer.Status.ShouldBeLessThan(300, $"{method} {path}: {answer.Text}");
        return answer.Body;
    }
}
