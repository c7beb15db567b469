using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_deployment_resolves_its_ref_and_keeps_the_payload_as_an_object()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var answer = await github.PostAsync($"{github.Repo}/deployments", token, new
        {
            @ref = "main",
            payload = new { target = "production", nested = new { a = 1 } },
            required_contexts = Array.Empty<string>(),
        });
        answer.Status.ShouldBe(201);
        ((string)answer.Body["sha"]!).ShouldBe(github.Repository.Head);
        ((string)answer.Body["environment"]!).ShouldBe("production");
        ((bool)answer.Body["production_environment"]!).ShouldBeTrue();
        ((int)answer.Body["payload"]!["nested"]!["a"]!).ShouldBe(1);
        ((string)answer.Body["creator"]!["login"]!).ShouldBe("deliverybot[bot]");
    }

    [Fact]
    public async Task A_persons_deployment_names_the_person()
    {
        await using var github = await SandboxDriver.StartAsync();
        var answer = await github.PostAsync($"{github.Repo}/deployments", github.UserToken(github.Writer), new { @ref = "main", payload = "text" });
        answer.Status.ShouldBe(201);
        ((string)answer.Body["creator"]!["login"]!).ShouldBe("ada");
        ((string)answer.Body["payload"]!).ShouldBe("text");
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("skipped")]
    [InlineData("neutral")]
    public async Task A_required_check_that_did_not_succeed_is_a_conflict_that_names_it(string conclusion)
    {
        await using var github = await SandboxDriver.StartAsync();
        var run = github.World.StartCheck(github.Repository, github.Repository.Head, "ci");
        github.World.FinishCheck(github.Repository, run, conclusion);
        var wish = new { @ref = "main", required_contexts = new[] { "ci", "lint" } };
        var answer = await github.PostAsync($"{github.Repo}/deployments", await github.InstallationTokenAsync(), wish);
        answer.Status.ShouldBe(409);
        ((string)answer.Body["message"]!).ShouldBe("Conflict: Commit status checks failed for main.");
        var error = answer.Body["errors"]![0]!;
        ((string)error["field"]!).ShouldBe("required_contexts");
        error["contexts"]!.AsArray().Select(item => $"{item!["context"]} {item["state"]}").ShouldBe([$"ci {conclusion}"], "what has never reported isn't named");
    }

    [Fact]
    public async Task A_status_and_a_check_of_one_name_must_both_be_good()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.FinishCheck(github.Repository, github.World.StartCheck(github.Repository, github.Repository.Head, "ci"), "success");
        github.World.SetStatus(github.Repository, github.Repository.Head, "ci", "pending");
        var wish = new { @ref = "main", required_contexts = new[] { "ci" } };
        (await github.PostAsync($"{github.Repo}/deployments", token, wish)).Status.ShouldBe(409);
        github.World.SetStatus(github.Repository, github.Repository.Head, "ci", "success");
        (await github.PostAsync($"{github.Repo}/deployments", token, wish)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Without_contexts_every_status_counts_and_with_none_no_status_does()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.SetStatus(github.Repository, github.Repository.Head, "other", "failure");
        (await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" })).Status.ShouldBe(409);
        (await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", required_contexts = Array.Empty<string>() })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Auto_merge_merges_the_default_branch_and_makes_no_deployment()
    {
        await using var github = await SandboxDriver.StartAsync();
        var (world, repository) = (github.World, github.Repository);
        var topic = world.Push(repository, "topic", github.Writer, "Topic");
        var main = world.Push(repository, "main", github.Writer, "Main goes on");
        var answer = await github.PostAsync($"{github.Repo}/deployments", await github.InstallationTokenAsync(), new { @ref = "topic" });
        answer.Status.ShouldBe(202);
        ((string)answer.Body["message"]!).ShouldBe("Auto-merged main into topic on deployment.");
        repository.Deployments.ShouldBeEmpty();
        repository.Resolve("topic")!.Parents.ShouldBe([topic, main]);
    }

    [Fact]
    public async Task Auto_merge_of_the_same_file_is_a_conflict()
    {
        await using var github = await SandboxDriver.StartAsync();
        var (world, repository) = (github.World, github.Repository);
        world.Push(repository, "topic", github.Writer, "Topic", new Dictionary<string, string?> { ["a.txt"] = "one" });
        world.Push(repository, "main", github.Writer, "Main", new Dictionary<string, string?> { ["a.txt"] = "two" });
        var answer = await github.PostAsync($"{github.Repo}/deployments", await github.InstallationTokenAsync(), new { @ref = "topic" });
        answer.Status.ShouldBe(409);
        ((string)answer.Body["message"]!).ShouldBe("Conflict merging main into topic");
        answer.Body["errors"].ShouldBeNull();
    }

    [Fact]
    public async Task Success_makes_earlier_deployments_of_the_environment_inactive_but_not_production_or_transient_ones()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var first = await DeployAsync(github, token, new { @ref = "main", environment = "Staging" });
        var transient = await DeployAsync(github, token, new { @ref = "main", environment = "staging", transient_environment = true });
        var production = await DeployAsync(github, token, new { @ref = "main", environment = "staging", production_environment = true });
        await DeployAsync(github, token, new { @ref = "main", environment = "STAGING" });
        StateOf(github, first).ShouldBe("inactive");
        StateOf(github, transient).ShouldBe("success");
        StateOf(github, production).ShouldBe("success");
        var listed = await github.GetAsync($"{github.Repo}/deployments?environment=sTaGing", token);
        listed.Body.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Unknown_refs_and_too_long_descriptions_are_refused()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        var missing = await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "nowhere" });
        missing.Status.ShouldBe(422);
        ((string)missing.Body["message"]!).ShouldBe("No ref found for: nowhere");
        var wordy = await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", description = new string('x', 141) });
        wordy.Status.ShouldBe(422);
        ((string)wordy.Body["errors"]![0]!["field"]!).ShouldBe("description");
    }

    [Fact]
    public async Task A_reader_may_not_deploy_and_a_stranger_sees_no_private_repository()
    {
        await using var github = await SandboxDriver.StartAsync();
        var secret = github.World.CreateRepository(github.Organisation, "vault", isPrivate: true);
        (await github.PostAsync($"{github.Repo}/deployments", github.UserToken(github.Reader), new { @ref = "main" })).Status.ShouldBe(403);
        (await github.PostAsync($"/repos/{secret.FullName}/deployments", github.UserToken(github.Reader), new { @ref = "main" })).Status.ShouldBe(404);
        (await github.GetAsync($"/repos/{secret.FullName}", github.UserToken(github.Reader))).Status.ShouldBe(404);
    }

    private static async Task<long> DeployAsync(SandboxDriver github, string token, object wish)
    {
        var created = await github.PostAsync($"{github.Repo}/deployments", token, wish);
        created.Status.ShouldBe(201);
        var id = (long)created.Body["id"]!;
        var status = await github.PostAsync($"{github.Repo}/deployments/{id}/statuses", token, new { state = "success", log_url = "https://ci.example.com/1" });
        status.Status.ShouldBe(201);
        ((string)status.Body["target_url"]!).ShouldBe("https://ci.example.com/1");
        return id;
    }

    private static string? StateOf(SandboxDriver github, long id) => github.Repository.Deployments.Single(item => item.Id == id).State;
}
