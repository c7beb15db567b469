using System.Text;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.World;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class RestTests
{
    [Fact]
    public async Task An_unchanged_answer_is_304_and_costs_nothing()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var first = await github.GetAsync($"{github.Repo}/contents/README.md", token);
        var again = await github.GetAsync($"{github.Repo}/contents/README.md", token, etag: first.Headers["ETag"]);
        again.Status.ShouldBe(304);
        again.Headers["X-RateLimit-Used"].ShouldBe(first.Headers["X-RateLimit-Used"]);
        github.World.Push(github.Repository, "main", github.Writer, "Edit", new Dictionary<string, string?> { ["README.md"] = "new" });
        (await github.GetAsync($"{github.Repo}/contents/README.md", token, etag: first.Headers["ETag"])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Contents_come_as_base64_or_raw_and_empty_above_a_megabyte()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.Push(github.Repository, "main", github.Writer, "Files", new Dictionary<string, string?>
        {
            [".github/deploy.yml"] = "production: {}\n",
            ["big.bin"] = new string('x', 1024 * 1024 + 1),
        });
        var json = await github.GetAsync($"{github.Repo}/contents/.github/deploy.yml?ref=refs/heads/main", token);
        Encoding.UTF8.GetString(Convert.FromBase64String((string)json.Body["content"]!)).ShouldBe("production: {}\n");
        var raw = await github.GetAsync($"{github.Repo}/contents/.github/deploy.yml", token, "application/vnd.github.raw+json");
        raw.Text.ShouldBe("production: {}\n");
        var big = await github.GetAsync($"{github.Repo}/contents/big.bin", token);
        ((string)big.Body["encoding"]!).ShouldBe("none");
        ((string)big.Body["content"]!).ShouldBe("");
        (await github.GetAsync($"{github.Repo}/contents/nothing", token)).Status.ShouldBe(404);
        (await github.GetAsync($"{github.Repo}/contents/.github", token)).Body.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("feature/a")]
    [InlineData("heads/feature/a")]
    [InlineData("feature%2Fa")]
    public async Task References_with_slashes_reach_their_route(string reference)
    {
        await using var github = await SandboxDriver.StartAsync();
        var sha = github.World.Push(github.Repository, "feature/a", github.Writer, "One");
        github.World.SetStatus(github.Repository, sha, "ci", "success");
        var answer = await github.GetAsync($"{github.Repo}/commits/{reference}/status", await github.InstallationTokenAsync());
        ((string)answer.Body["sha"]!).ShouldBe(sha);
        ((string)answer.Body["state"]!).ShouldBe("success");
    }

    [Fact]
    public async Task Lists_come_in_pages_with_links()
    {
        await using var github = await SandboxDriver.StartAsync();
        foreach (var number in Enumerable.Range(1, 7))
        {
            github.World.Push(github.Repository, "main", github.Writer, $"Commit {number}");
        }

        var page = await github.GetAsync($"{github.Repo}/commits?per_page=3&page=2", await github.InstallationTokenAsync());
        page.Body.AsArray().Select(commit => (string)commit!["commit"]!["message"]!).ShouldBe(["Commit 4", "Commit 3", "Commit 2"]);
        foreach (var expected in new[] { "page=1>; rel=\"prev\"", "page=3>; rel=\"next\"", "page=3>; rel=\"last\"", "page=1>; rel=\"first\"" })
        {
            page.Headers["Link"].ShouldContain(expected);
        }
    }

    [Fact]
    public async Task Comparing_tells_ahead_behind_identical_and_diverged()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.Push(github.Repository, "topic", github.Writer, "Topic");
        (await StatusAsync("main...topic")).ShouldBe("ahead");
        (await StatusAsync("topic...main")).ShouldBe("behind");
        (await StatusAsync("main...main")).ShouldBe("identical");
        github.World.Push(github.Repository, "main", github.Writer, "Main");
        (await StatusAsync("main...topic")).ShouldBe("diverged");

        async Task<string?> StatusAsync(string basehead) => (string?)(await github.GetAsync($"{github.Repo}/compare/{basehead}", token)).Body["status"];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_short_name_that_a_branch_and_a_tag_share_means_one_of_them_and_a_full_one_what_it_says(bool branchesGoFirst)
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var tagged = github.Repository.Head;
        github.World.CreateTag(github.Repository, "main", tagged, github.Writer);
        var head = github.World.Push(github.Repository, "main", github.Writer, "Newer");
        github.Repository.BranchesGoFirst = branchesGoFirst;

        (await ShaAsync("main")).ShouldBe(branchesGoFirst ? head : tagged);
        (await ShaAsync("refs/heads/main")).ShouldBe(head);
        (await ShaAsync("refs/tags/main")).ShouldBe(tagged);
        (await github.GetAsync($"{github.Repo}/commits/refs/heads/nowhere", token)).Status.ShouldBe(422);

        async Task<string?> ShaAsync(string name) => (string?)(await github.GetAsync($"{github.Repo}/commits/{name}", token)).Body["sha"];
    }

    [Fact]
    public async Task A_comparison_lists_its_files_with_patches_on_the_first_page_alone()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var files = Enumerable.Range(1, 400).ToDictionary(number => $"file-{number}.txt", string? (number) => new string('x', 4000));
        github.World.Push(github.Repository, "topic", github.Writer, "Much", files);

        var first = (await github.GetAsync($"{github.Repo}/compare/main...topic?per_page=1", token)).Body;
        var second = (await github.GetAsync($"{github.Repo}/compare/main...topic?per_page=1&page=2", token)).Body;

        first["files"]!.AsArray().Count.ShouldBe(300);
        ((string)first["files"]![0]!["patch"]!).ShouldStartWith("@@ -1,0 +1,1 @@\n+xxx");
        first.ToJsonString().Length.ShouldBeGreaterThan(1_000_000);
        second["files"]!.AsArray().ShouldBeEmpty();
        second["commits"]!.AsArray().ShouldBeEmpty("there is no second commit");
        ((string)second["status"]!, (int)second["ahead_by"]!, (int)second["behind_by"]!).ShouldBe(("ahead", 1, 0));
        second.ToJsonString().Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task A_commit_of_a_fork_is_visible_under_the_base_repository_but_on_none_of_its_branches()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var fork = github.World.Fork(github.Repository, github.Reader);
        var sha = github.World.Push(fork, "main", github.Reader, "From outside");
        (await github.GetAsync($"{github.Repo}/commits/{sha}", token)).Status.ShouldBe(200);
        ((string)(await github.GetAsync($"{github.Repo}/compare/main...{sha}", token)).Body["status"]!).ShouldBe("ahead");
        var pull = github.World.OpenPullRequest(github.Repository, "main", github.Reader, "Fix", headRepository: fork);
        var shown = await github.GetAsync($"{github.Repo}/pulls/{pull.Number}", token);
        ((string)shown.Body["head"]!["repo"]!["full_name"]!).ShouldBe("rita/shop");
    }

    [Fact]
    public async Task Annotated_tags_are_read_in_two_steps()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.CreateTag(github.Repository, "v1", github.Repository.Head, github.Writer, "one");
        var reference = await github.GetAsync($"{github.Repo}/git/ref/tags/v1", token);
        ((string)reference.Body["object"]!["type"]!).ShouldBe("tag");
        var tag = await github.GetAsync($"{github.Repo}/git/tags/{reference.Body["object"]!["sha"]}", token);
        ((string)tag.Body["object"]!["sha"]!).ShouldBe(github.Repository.Head);
    }

    [Fact]
    public async Task Permissions_are_those_of_the_person_and_of_the_role()
    {
        await using var github = await SandboxDriver.StartAsync();
        github.World.SetPermission(github.Reader, github.Repository, RepositoryPermission.Triage);
        var own = await github.GetAsync(github.Repo, github.UserToken(github.Reader));
        ((bool)own.Body["permissions"]!["push"]!).ShouldBeFalse();
        ((bool)own.Body["permissions"]!["triage"]!).ShouldBeTrue();
        var asked = await github.GetAsync($"{github.Repo}/collaborators/rita/permission", await github.InstallationTokenAsync());
        ((string)asked.Body["permission"]!).ShouldBe("read");
        ((string)asked.Body["role_name"]!).ShouldBe("triage");
    }

    [Fact]
    public async Task A_person_lists_the_installations_and_repositories_in_reach()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = github.UserToken(github.Reader);
        var installations = await github.GetAsync("/user/installations", token);
        ((int)installations.Body["total_count"]!).ShouldBe(1);
        var repositories = await github.GetAsync($"/user/installations/{github.Installation.Id}/repositories", token);
        ((bool)repositories.Body["repositories"]![0]!["permissions"]!["pull"]!).ShouldBeTrue();
        ((int)(await github.GetAsync("/user/installations", github.UserToken(github.World.CreateUser("eve")))).Body["total_count"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Runs_are_listed_the_newest_of_each_name_in_each_suite_or_all()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var (world, repository) = (github.World, github.Repository);
        world.FinishCheck(repository, world.StartCheck(repository, repository.Head, "ci"), "failure");
        world.FinishCheck(repository, world.StartCheck(repository, repository.Head, "ci"), "success");
        world.FinishCheck(repository, world.StartCheck(repository, repository.Head, "ci", newSuite: true), "neutral");
        var latest = await github.GetAsync($"{github.Repo}/commits/main/check-runs", token);
        latest.Body["check_runs"]!.AsArray().Select(run => (string)run!["conclusion"]!).ShouldBe(["neutral", "success"]);
        ((int)(await github.GetAsync($"{github.Repo}/commits/main/check-runs?filter=all", token)).Body["total_count"]!).ShouldBe(3);
    }

    [Fact]
    public async Task A_comment_is_written_edited_and_reacted_to_in_the_Apps_name()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.Push(github.Repository, "topic", github.Writer, "One");
        var pull = github.World.OpenPullRequest(github.Repository, "topic", github.Writer, "A change");
        var created = await github.PostAsync($"{github.Repo}/issues/{pull.Number}/comments", token, new { body = "Hello" });
        created.Status.ShouldBe(201);
        ((string)created.Body["user"]!["login"]!).ShouldBe("deliverybot[bot]");
        var path = $"{github.Repo}/issues/comments/{created.Body["id"]}";
        (await github.SendAsync("PATCH", path, token, new { body = "Changed" })).Status.ShouldBe(200);
        (await github.PostAsync($"{path}/reactions", token, new { content = "eyes" })).Status.ShouldBe(201);
        (await github.PostAsync($"{path}/reactions", token, new { content = "eyes" })).Status.ShouldBe(200);
        (await github.PostAsync($"{path}/reactions", token, new { content = "shrug" })).Status.ShouldBe(422);
        var comment = github.Repository.Comments.ShouldHaveSingleItem();
        comment.Body.ShouldBe("Changed");
        comment.Reactions.ShouldHaveSingleItem().Content.ShouldBe("eyes");
    }

    [Fact]
    public async Task A_status_needs_a_commit_and_a_known_state()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        (await github.PostAsync($"{github.Repo}/statuses/{new string('a', 40)}", token, new { state = "success" })).Status.ShouldBe(422);
        (await github.PostAsync($"{github.Repo}/statuses/{github.Repository.Head}", token, new { state = "great" })).Status.ShouldBe(422);
        var answer = await github.PostAsync($"{github.Repo}/statuses/{github.Repository.Head}", token, new { state = "success", context = "deliverybot/promotion" });
        answer.Status.ShouldBe(201);
        ((string)answer.Body["context"]!).ShouldBe("deliverybot/promotion");
    }

    [Fact]
    public async Task The_hour_holds_only_so_many_requests()
    {
        await using var github = await SandboxDriver.StartAsync(new SandboxServerOptions { RateLimit = 2 });
        var token = github.UserToken(github.Writer);
        await github.GetAsync("/user", token);
        (await github.GetAsync("/user", token)).Headers["X-RateLimit-Remaining"].ShouldBe("0");
        var refused = await github.GetAsync("/user", token);
        refused.Status.ShouldBe(403);
        ((string)refused.Body["message"]!).ShouldStartWith("API rate limit exceeded");
        github.Time.Advance(TimeSpan.FromMinutes(61));
        (await github.GetAsync("/user", token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Faults_come_on_demand_and_only_where_they_were_asked_for()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        const string route = "/repos/{owner}/{repo}/deployments";
        github.Server.Faults.Add(new FaultRule { Method = "POST", Route = route, ErrorShare = 1, Times = 1 });
        github.Server.Faults.Add(new FaultRule { Route = "/repos/{owner}/{repo}", SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(7) });
        (await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" })).Status.ShouldBe(502);
        (await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" })).Status.ShouldBe(201);
        var limited = await github.GetAsync(github.Repo, token);
        limited.Status.ShouldBe(403);
        limited.Headers["Retry-After"].ShouldBe("7");

        github.Server.Faults.Add(new FaultRule { Method = "POST", Route = route, DroppedAnswerShare = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" }));
        github.Repository.Deployments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_renamed_repository_is_redirected_to_by_its_id()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.RenameRepository(github.Repository, "store", github.Writer);
        var moved = await github.GetAsync("/repos/acme/shop/commits/main/status", token);
        moved.Status.ShouldBe(301);
        var location = new Uri(moved.Headers["Location"]).AbsolutePath;
        location.ShouldBe($"/api/v3/repositories/{github.Repository.Id}/commits/main/status");
        (await github.GetAsync(location["/api/v3".Length..], token)).Status.ShouldBe(200);
        (await github.PostAsync("/repos/acme/shop/deployments", token, new { @ref = "main" })).Status.ShouldBe(307);
    }

    [Fact]
    public async Task A_head_can_move_while_a_request_is_under_way()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var before = github.Repository.Head;
        github.Server.Faults.Add(new FaultRule
        {
            Route = "/repos/{owner}/{repo}/deployments",
            Meanwhile = () => github.World.Push(github.Repository, "main", github.Writer, "Quicker"),
            Times = 1,
        });
        var answer = await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" });
        ((string)answer.Body["sha"]!).ShouldBe(github.Repository.Head);
        ((string)answer.Body["sha"]!).ShouldNotBe(before);
    }
}
