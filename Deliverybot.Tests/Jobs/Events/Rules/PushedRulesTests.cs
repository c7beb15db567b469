using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.Rules;

/// <summary>A wish keeps the target as it was read, until the default branch gets another <c>deploy.yml</c>.</summary>
public sealed class PushedRulesTests(House house) : IClassFixture<House>
{
    private const string Release = "production:\n  auto_deploy_on: refs/heads/release/*\n  required_contexts: [ci]\n";
    private const string Config = "deliverybot/config";

    [Fact]
    public async Task What_waits_goes_out_when_the_new_rules_let_it()
    {
        var shop = new RepositoryDriver(house, Release);
        var sha = shop.Push("Waits for ci", "release/1");
        await shop.SettleAsync();

        shop.PushDeployFile("production:\n  auto_deploy_on: refs/heads/release/*\n  environment: prod-${{ ref }}\n  task: ship\n");

        var row = await shop.SettledAsync(sha);
        row.State.ShouldBe(DeploymentState.Pending);
        row.Environment.ShouldBe(new EnvironmentName("prod-release/1"));
        row.Task.ShouldBe("ship");
        var made = shop.World.Read(_ => shop.Repository.Deployments.ToList()).ShouldHaveSingleItem();
        made.Environment.ShouldBe("prod-release/1");
    }

    [Theory]
    [InlineData("staging:\n  auto_deploy_on: refs/heads/release/*\n", ".github/deploy.yml has no target production any more.")]
    [InlineData("production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n", "production is not deployed on release/1 any more.")]
    public async Task What_the_new_rules_dont_want_is_cancelled(string rules, string reason)
    {
        var shop = new RepositoryDriver(house, Release);
        var sha = shop.Push("Not wanted", "release/1");
        await shop.SettleAsync();

        shop.PushDeployFile(rules);

        var row = await shop.SettledAsync(sha);
        row.State.ShouldBe(DeploymentState.Cancelled);
        row.Reason.ShouldBe(reason);
        shop.StatusesOf(sha, "deliverybot/production")[^1].ShouldBe($"error: Not deployed: {reason}");
    }

    [Fact]
    public async Task A_broken_file_is_shown_and_leaves_what_waits_under_the_rules_it_has()
    {
        var shop = new RepositoryDriver(house, Release);
        var sha = shop.Push("Waits for ci", "release/1");
        await shop.SettleAsync();

        var broken = shop.PushDeployFile("production:\n  auto_deploy: refs/heads/main\n");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);
        shop.StatusesOf(broken, Config).ShouldHaveSingleItem().ShouldStartWith("failure: line 2, column 3: production.auto_deploy");
        shop.SetStatus(sha, "ci");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task A_change_on_another_branch_is_judged_and_changes_nothing_that_waits()
    {
        var shop = new RepositoryDriver(house, Release);
        var sha = shop.Push("Waits for ci", "release/1");
        await shop.SettleAsync();

        var change = shop.PushDeployFile("production: {}\nstaging: {}\n", "change-rules");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);
        shop.StatusesOf(change, Config).ShouldBe(["success: 2 targets"]);
        shop.World.Read(_ => shop.Repository.Statuses.Single(status => status.Context == Config)).TargetUrl
            .ShouldBe($"{house.SiteUrl}{shop.Repository.FullName}/config");
    }

    [Fact]
    public async Task A_push_that_changes_the_rules_costs_one_status_more()
    {
        var shop = new RepositoryDriver(house, "production: {}\n");

        var sha = shop.PushDeployFile("production:\n  auto_deploy_on: refs/heads/main\n");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        shop.Calls.ShouldBe([Contents, Create, WriteStatus]);
        shop.StatusesOf(sha, Config).ShouldBe(["success: 1 target"]);
    }

    [Fact]
    public async Task A_push_that_comes_late_brings_no_old_rules_back()
    {
        var shop = new RepositoryDriver(house, Release);
        var sha = shop.Push("Waits for ci", "release/1");
        await shop.SettleAsync();
        var url = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        var overtaken = shop.PushDeployFile("staging:\n  auto_deploy_on: refs/heads/main\n");
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        house.World.Webhooks.Url = url;
        var late = house.World.Webhooks.Deliveries.Last(sent => sent.Event == "push" && sent.RepositoryId == shop.Repository.Id);
        shop.PushDeployFile(Release + "  queue: latest\n");
        await shop.SettleAsync();

        house.World.Webhooks.Redeliver(late);

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);
        (await shop.RowsAsync()).ShouldHaveSingleItem();
        shop.StatusesOf(overtaken, Config).ShouldBe(["success: 1 target"]);
    }
}
