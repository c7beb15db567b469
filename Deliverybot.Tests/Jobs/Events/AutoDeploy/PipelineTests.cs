using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class PipelineTests(House house) : IClassFixture<House>
{
    private const string Chain =
        """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          after: [dev]
        production:
          auto_deploy_on: refs/heads/main
          after: [staging]
        """;

    private const string ByHand = "dev:\n  environment: dev\nstaging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n  after: [dev]\n";

    [Fact]
    public async Task One_push_goes_through_a_chain_of_targets_by_itself()
    {
        var wishes = new RepositoryDriver(house, Chain);
        var sha = wishes.Push("Tea");
        await wishes.SettleAsync();
        wishes.Made.ShouldBe([$"dev:{sha}"]);
        (await wishes.AwaitAsync("production", sha, DeploymentState.Waiting, "After")).Reason.ShouldBe($"{sha[..7]} has not succeeded at staging yet.");

        await wishes.ReportAsync("dev", sha, "success");
        wishes.Made.ShouldBe([$"dev:{sha}", $"staging:{sha}"]);
        await wishes.ReportAsync("staging", sha, "success");
        wishes.Made.ShouldBe([$"dev:{sha}", $"staging:{sha}", $"production:{sha}"]);
        await wishes.ReportAsync("production", sha, "success");

        (await wishes.RowsAsync()).Count.ShouldBe(3);
        wishes.CallsTo("contents").ShouldBe(1);
    }

    [Fact]
    public async Task What_failed_at_the_earlier_target_says_so_and_what_to_do_until_it_is_tried_there_again()
    {
        var wishes = new RepositoryDriver(house, Chain);
        var sha = wishes.Push("Broken");
        await wishes.SettleAsync();

        await wishes.ReportAsync("dev", sha, "failure");
        (await wishes.AwaitAsync("staging", sha, DeploymentState.Waiting, "After")).Reason.ShouldBe($"{sha[..7]} failed at dev. Deploy it there again.");
        await house.EventuallyAsync(
            () => Task.FromResult(wishes.StatusesOf(sha, "deliverybot/staging") is [.., var last] && last == $"pending: {sha[..7]} failed at dev. Deploy it there again."),
            "the commit says so, too");

        await wishes.ReportAsync("dev", sha, "in_progress");
        (await wishes.AwaitAsync("staging", sha, DeploymentState.Waiting, "After")).Reason.ShouldBe($"{sha[..7]} has not succeeded at dev yet.");

        await wishes.ReportAsync("dev", sha, "success");
        wishes.Made.ShouldBe([$"dev:{sha}", $"staging:{sha}"]);
    }

    [Fact]
    public async Task A_failure_stops_the_chain_until_a_newer_commit_mends_it()
    {
        var wishes = new RepositoryDriver(house, Chain);
        var broken = wishes.Push("Broken");
        await wishes.SettleAsync();
        await wishes.ReportAsync("dev", broken, "failure");
        wishes.Made.ShouldBe([$"dev:{broken}"]);

        var mended = wishes.Push("Mended");
        await wishes.SettleAsync();
        await wishes.ReportAsync("dev", mended, "success");

        wishes.Made.ShouldBe([$"dev:{broken}", $"dev:{mended}", $"staging:{mended}"]);
        (await wishes.AwaitAsync("staging", broken, DeploymentState.Superseded)).Reason.ShouldBe($"{mended[..7]} is newer and was deployed first.");
    }

    [Fact]
    public async Task A_busy_branch_is_not_starved_and_nothing_older_follows_something_newer()
    {
        var wishes = new RepositoryDriver(house, Chain);
        var first = wishes.Push("One");
        await wishes.SettleAsync();
        var second = wishes.Push("Two");
        await wishes.SettleAsync();

        await wishes.ReportAsync("dev", first, "success");
        wishes.Made.ShouldContain($"staging:{first}");
        await wishes.ReportAsync("dev", second, "success");
        wishes.Made.ShouldContain($"staging:{second}");
        await wishes.ReportAsync("staging", second, "success");
        await wishes.ReportAsync("staging", first, "success");

        wishes.Made.Where(made => made.StartsWith("production", StringComparison.Ordinal)).ShouldBe([$"production:{second}"]);
        await wishes.AwaitAsync("production", first, DeploymentState.Superseded);
    }

    [Fact]
    public async Task The_head_of_a_branch_that_a_person_deploys_goes_on()
    {
        var wishes = new RepositoryDriver(house, ByHand);
        var head = wishes.Repository.Head;

        await DeployAsync(wishes, "dev", head);
        await wishes.ReportAsync("dev", head, "success");

        wishes.Made.ShouldBe([$"dev:{head}", $"staging:{head}"]);
        (await wishes.AwaitAsync("staging", head, DeploymentState.Pending)).Cause.ShouldBe(DeploymentCause.Pipeline);
        await wishes.ReportAsync("dev", head, "success");
        (await wishes.RowsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_older_commit_that_a_person_deploys_goes_nowhere_else()
    {
        var wishes = new RepositoryDriver(house, ByHand);
        var old = wishes.Repository.Head;
        var head = wishes.Push("Tea");
        await wishes.SettleAsync();

        await DeployAsync(wishes, "dev", old);
        await wishes.ReportAsync("dev", old, "success");

        wishes.Made.ShouldBe([$"dev:{old}"]);
        await wishes.AwaitAsync("staging", head, DeploymentState.Waiting, "After");
    }

    [Fact]
    public async Task An_older_commit_that_a_person_deploys_takes_nobodys_place()
    {
        var wishes = new RepositoryDriver(house, Chain);
        var old = wishes.Repository.Head;
        var head = wishes.Push("Tea");
        await wishes.AwaitAsync("staging", head, DeploymentState.Waiting, "After");

        await DeployAsync(wishes, "staging", old, force: true);
        await wishes.ReportAsync("staging", old, "success");
        await wishes.ReportAsync("dev", head, "success");

        wishes.Made.ShouldBe([$"dev:{head}", $"staging:{old}", $"staging:{head}"]);
    }

    [Fact]
    public async Task A_deployment_made_by_others_counts_by_its_environment()
    {
        var wishes = new RepositoryDriver(house, ByHand);
        var sha = wishes.Push("Tea");
        await wishes.AwaitAsync("staging", sha, DeploymentState.Waiting, "After");

        house.World.CreateDeployment(wishes.Repository, sha, "Dev", house.Ada);
        await wishes.ReportAsync("Dev", sha, "success");

        wishes.Made.ShouldBe([$"Dev:{sha}", $"staging:{sha}"]);
    }

    private async Task DeployAsync(RepositoryDriver wishes, string target, string sha, bool force = false)
    {
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{wishes.Repository.FullName}/deploy", ("target", target), ("sha", sha), ("ref", "main"), ("force", force ? "true" : ""));
        ((int)answer.StatusCode).ShouldBe(303);
        await wishes.SettleAsync();
    }
}
