using System.Security.Cryptography;
using System.Text;
using Deliverybot.Sandbox.World;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_push_is_signed_over_its_bytes_and_tells_what_changed()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        var before = github.Repository.Head;
        var after = github.World.Push(github.Repository, "main", github.Writer, "Change", new Dictionary<string, string?> { [".github/deploy.yml"] = "a: {}" });
        var push = (await ReceivedAsync(github, app)).ShouldHaveSingleItem();
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(github.Server.App.WebhookSecret), push.Body));
        push.Headers["X-Hub-Signature-256"].ShouldBe(signature);
        push.Headers["User-Agent"].ShouldStartWith("GitHub-Hookshot/");
        push.Event.ShouldBe("push");
        ((string)push.Json["before"]!).ShouldBe(before);
        ((string)push.Json["after"]!).ShouldBe(after);
        ((bool)push.Json["forced"]!).ShouldBeFalse();
        ((long)push.Json["installation"]!["id"]!).ShouldBe(github.Installation.Id);
        push.Json["commits"]!.AsArray().ShouldHaveSingleItem()!["added"]!.AsArray().Select(path => (string)path!).ShouldBe([".github/deploy.yml"]);
    }

    [Fact]
    public async Task Forced_pushes_deleted_branches_and_annotated_tags_are_told_as_such()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        var (world, repository) = (github.World, github.Repository);
        world.Push(repository, "topic", github.Writer, "One");
        world.ForcePush(repository, "topic", github.Writer, "Another");
        world.DeleteBranch(repository, "topic", github.Writer);
        var tag = world.CreateTag(repository, "v1", repository.Head, github.Writer, "one");
        var all = await ReceivedAsync(github, app);
        all.Select(item => item.Event).ShouldBe(["push", "push", "push", "push"]);
        ((bool)all[0].Json["created"]!).ShouldBeTrue();
        ((bool)all[1].Json["forced"]!).ShouldBeTrue();
        ((bool)all[2].Json["deleted"]!).ShouldBeTrue();
        all[2].Json["head_commit"].ShouldBeNull();
        ((string)all[3].Json["after"]!).ShouldBe(tag);
        ((string)all[3].Json["head_commit"]!["id"]!).ShouldBe(repository.Head);
    }

    [Fact]
    public async Task A_job_whose_need_failed_is_skipped_and_the_suite_has_failed()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        var build = github.World.StartCheck(github.Repository, github.Repository.Head, "build");
        var test = github.World.StartCheck(github.Repository, github.Repository.Head, "test", needs: ["build"]);
        github.World.FinishCheck(github.Repository, build, "failure");
        test.Conclusion.ShouldBe("skipped");
        var all = await ReceivedAsync(github, app);
        all.Select(item => $"{item.Event} {item.Json["action"]}").ShouldBe(
            ["check_run created", "check_run created", "check_run completed", "check_run completed", "check_suite completed"]);
        ((string)all[^1].Json["check_suite"]!["conclusion"]!).ShouldBe("failure");
    }

    [Fact]
    public async Task A_pull_request_follows_its_branch_and_merging_closes_it()
    {
        await using var github = await SandboxDriver.StartAsync();
        var (world, repository) = (github.World, github.Repository);
        world.Push(repository, "topic", github.Writer, "One");
        var pull = world.OpenPullRequest(repository, "topic", github.Writer, "A change");
        await using var app = await WebhookReceiver.StartAsync(github);
        var head = world.Push(repository, "topic", github.Writer, "Two");
        world.MergePullRequest(repository, pull, github.Writer).ShouldBeOfType<MergeOutcome.Merged>();
        var all = await ReceivedAsync(github, app);
        all.Select(item => $"{item.Event} {item.Json["action"]}".Trim()).ShouldBe(["push", "pull_request synchronize", "push", "pull_request closed"]);
        ((string)all[1].Json["pull_request"]!["head"]!["sha"]!).ShouldBe(head);
        ((bool)all[3].Json["pull_request"]!["merged"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Failed_deliveries_are_listed_by_cursor_and_redelivered_with_their_GUID()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        app.Status = 503;
        github.World.Push(github.Repository, "main", github.Writer, "One");
        github.World.Push(github.Repository, "main", github.Writer, "Two");
        await ReceivedAsync(github, app);
        var page = await github.GetAsync("/app/hook/deliveries?per_page=1", github.Jwt());
        ((int)page.Body[0]!["status_code"]!).ShouldBe(503);
        page.Headers["Link"].ShouldContain("cursor=");
        page.Headers["Link"].ShouldContain("rel=\"next\"");

        app.Status = 202;
        (await github.SendAsync("POST", $"/app/hook/deliveries/{page.Body[0]!["id"]}/attempts", github.Jwt())).Status.ShouldBe(202);
        var all = await ReceivedAsync(github, app);
        all[2].Headers["X-GitHub-Delivery"].ShouldBe(all[1].Headers["X-GitHub-Delivery"]);
        all[2].Body.ShouldBe(all[1].Body);
    }

    [Fact]
    public async Task What_is_paused_goes_out_in_order_later()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        github.World.Webhooks.Paused = true;
        var shas = Enumerable.Range(0, 5).Select(number => github.World.Push(github.Repository, "main", github.Writer, $"{number}")).ToList();
        (await ReceivedAsync(github, app)).ShouldBeEmpty();
        github.World.Webhooks.Paused = false;
        (await ReceivedAsync(github, app)).Select(item => (string)item.Json["after"]!).ShouldBe(shas);
    }

    [Fact]
    public async Task Installing_and_taking_repositories_away_is_told_to_the_App()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        github.World.RemoveRepositories(github.Installation, github.Repository);
        github.World.Push(github.Repository, "main", github.Writer, "Unheard");
        github.World.Uninstall(github.Installation);
        (await ReceivedAsync(github, app)).Select(item => $"{item.Event} {item.Json["action"]}").Order()
            .ShouldBe(["installation deleted", "installation_repositories removed"]);
    }

    private static async Task<List<WebhookReceiver.Received>> ReceivedAsync(SandboxDriver github, WebhookReceiver app)
    {
        await github.World.Webhooks.WaitUntilDeliveredAsync(SandboxDriver.Cancellation);
        return [.. app.All];
    }
}
