using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

public sealed class CommitStatusTests(House house) : IClassFixture<House>
{
    private const string Context = "deliverybot/production";
    private const string Simple = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    [Fact]
    public async Task A_deployment_that_goes_out_at_once_costs_one_status_at_its_end()
    {
        var shop = new RepositoryDriver(house, Simple);
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        shop.Calls.ShouldBe([Contents, Create]);

        shop.Report(sha, "in_progress");
        shop.Report(sha, "success");
        await shop.SettleAsync();

        shop.Calls.ShouldBe([Contents, Create, WriteStatus]);
        shop.StatusesOf(sha, Context).ShouldBe(["success: Deployed to production."]);
    }

    [Fact]
    public async Task A_wish_that_waits_says_why_once_and_how_it_ended()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Sell coffee");
        await shop.SettleAsync();
        shop.StatusesOf(sha, Context).ShouldBe(["pending: Waiting for ci (no result yet)."]);
        var link = shop.World.Read(_ => shop.Repository.Statuses.Single(status => status.Context == Context)).TargetUrl;
        link.ShouldBe($"{house.SiteUrl}{shop.Repository.FullName}/deployments/{(await shop.RowAsync(sha)).Id}");

        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        shop.Report(sha, "failure", "The oven is cold");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).ShouldBe(
            ["pending: Waiting for ci (no result yet).", "pending: On its way to production.", "failure: The deployment to production failed: The oven is cold"]);
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, Create, WriteStatus, WriteStatus]);
    }

    [Fact]
    public async Task A_wish_that_is_overtaken_doesnt_leave_its_status_pending()
    {
        var shop = new RepositoryDriver(house, Checked);
        var older = shop.Push("One");
        await shop.SettleAsync();

        var newer = shop.Push("Two");
        await shop.SettleAsync();

        shop.StatusesOf(older, Context)[^1].ShouldBe($"pending: Not deployed: {newer[..7]} is newer and takes its place.");
        shop.StatusesOf(newer, Context).ShouldBe(["pending: Waiting for ci (no result yet)."]);
    }

    [Fact]
    public async Task Where_a_person_was_faster_the_status_follows_the_persons_deployment()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Sell cake");
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"), ("force", "true"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await shop.SettleAsync();

        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        shop.Report(sha, "success");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).ShouldBe(
            ["pending: Waiting for ci (no result yet).", "pending: On its way to production.", "success: Deployed to production by force."]);
    }

    [Theory]
    [InlineData("failure", "failure: The deployment to production failed.")]
    [InlineData("success", "success: Deployed to production by force.")]
    public async Task The_end_of_a_leftover_event_never_overwrites_what_the_newest_deployment_of_the_commit_said(string state, string said)
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Sell cocoa");
        await shop.SettleAsync();
        await ForceAsync(shop, sha);
        shop.Report(sha, state);
        await shop.SettleAsync();

        shop.SetStatus(sha, "ci", "failure");
        await shop.SettleAsync();
        shop.Push("Sell milk");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).ShouldBe(["pending: Waiting for ci (no result yet).", said]);
        (await shop.RowsAsync()).ShouldNotContain(row => row.Sha.Value == sha && row.CommitStatus!.StartsWith("pending"), "nobody has to end it any more");
    }

    [Fact]
    public async Task A_leftover_event_that_ends_while_a_person_deploys_the_commit_leaves_it_on_its_way()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Sell juice");
        await shop.SettleAsync();
        await ForceAsync(shop, sha);

        shop.Push("Sell water");
        await shop.SettleAsync();
        shop.StatusesOf(sha, Context)[^1].ShouldBe("pending: On its way to production.");

        shop.Report(sha, "failure");
        await shop.SettleAsync();
        shop.StatusesOf(sha, Context)[^1].ShouldBe("failure: The deployment to production failed.");
    }

    private async Task ForceAsync(RepositoryDriver shop, string sha)
    {
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"), ("force", "true"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await shop.SettleAsync();
    }

    [Fact]
    public async Task Our_own_statuses_wake_nobody()
    {
        var shop = new RepositoryDriver(
            house,
            """
            staging:
              environment: staging
              auto_deploy_on: refs/heads/main
            production:
              auto_deploy_on: refs/heads/main
              required_contexts: [ci]
            """);
        var sha = shop.Push("Two targets");
        await shop.SettleAsync();

        shop.Report(sha, "success");
        await shop.SettleAsync();

        shop.StatusesOf(sha, "deliverybot/staging").ShouldBe(["success: Deployed to staging."]);
        shop.Calls.ShouldBe([Contents, Create, Create, WriteStatus, WriteStatus]);
        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Waiting);
    }

    [Fact]
    public async Task A_target_may_require_the_status_of_another()
    {
        var shop = new RepositoryDriver(
            house,
            """
            staging:
              environment: staging
              auto_deploy_on: refs/heads/main
            production:
              auto_deploy_on: refs/heads/main
              required_contexts: [deliverybot/staging]
            """);
        var sha = shop.Push("One after the other");
        await shop.SettleAsync();
        shop.Deployed.Count.ShouldBe(1);

        shop.Report(sha, "success");

        await house.EventuallyAsync(() => Task.FromResult(shop.Deployed.Count == 2), "production follows staging");
    }

    [Fact]
    public async Task A_status_that_GitHub_refuses_never_harms_the_deployment_and_tells_the_operator()
    {
        var shop = new RepositoryDriver(house, Checked);
        house.GitHub.Faults.Add(StatusOf(shop) with { ErrorShare = 1, ErrorStatus = 403, ErrorMessage = "Resource not accessible by integration" });
        var sha = shop.Push("No permission");
        await shop.SettleAsync();

        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        house.Log.ShouldContain(line => line.StartsWith("Warning") && line.Contains("Commit statuses: write") && line.Contains(shop.Repository.FullName));
    }

    [Fact]
    public async Task A_status_whose_answer_is_lost_is_written_again()
    {
        var shop = new RepositoryDriver(house, Checked);
        house.GitHub.Faults.Add(StatusOf(shop) with { DroppedAnswerShare = 1 });

        var sha = shop.Push("Lost answer");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).Distinct().ShouldBe(["pending: Waiting for ci (no result yet)."]);
        (await shop.RowAsync(sha)).CommitStatus.ShouldBe("pending: Waiting for ci (no result yet).");
    }

    [Fact]
    public async Task A_status_that_GitHub_limits_is_written_later()
    {
        var shop = new RepositoryDriver(house, Checked);
        house.GitHub.Faults.Add(StatusOf(shop) with { SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1) });

        var sha = shop.Push("Too fast");

        await house.EventuallyAsync(() => Task.FromResult(shop.StatusesOf(sha, Context).Count == 1), "the status is written");
    }

    /// <summary>The next one of this repository only: another test's may still be under way.</summary>
    private static FaultRule StatusOf(RepositoryDriver shop) =>
        new() { Method = "POST", Route = "/repos/{owner}/{repo}/statuses/{sha}", Address = $"/{shop.Repository.FullName}/", Times = 1 };
}
