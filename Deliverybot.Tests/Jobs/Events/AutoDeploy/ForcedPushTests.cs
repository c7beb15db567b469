using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class ForcedPushTests(House house) : IClassFixture<House>
{
    private const string Any = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n  only_latest: false\n";

    [Fact]
    public async Task A_commit_that_was_dropped_is_not_deployed_and_one_that_was_kept_still_may()
    {
        var wishes = new RepositoryDriver(house, Any);
        var kept = wishes.Push("Kept");
        var dropped = wishes.Push("Dropped");
        await wishes.AwaitAsync("production", dropped, DeploymentState.Waiting, "Checks");

        house.World.ForcePush(wishes.Repository, "main", house.Ada, "Instead");
        await wishes.SettleAsync();

        (await wishes.AwaitAsync("production", dropped, DeploymentState.Cancelled)).Reason.ShouldBe($"{dropped[..7]} is no longer part of main.");
        await wishes.PassAsync(dropped, "ci");
        await wishes.PassAsync(kept, "ci");
        wishes.Made.ShouldBe([$"production:{kept}"]);
        wishes.CallsTo("compare").ShouldBe(2);
    }

    [Fact]
    public async Task A_branch_that_is_set_back_deploys_its_old_commit_again()
    {
        var wishes = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var older = wishes.Push("Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", older, "success");
        var newer = wishes.Push("Green tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", newer, "success");

        house.World.SetBranch(wishes.Repository, "main", older, house.Ada);
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"production:{older}", $"production:{newer}", $"production:{older}"]);
        wishes.CallsTo("compare").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  queue: latest\n")]
    public async Task One_that_is_set_back_while_the_newer_commit_is_under_way_deploys_its_old_commit_again(string queue)
    {
        var wishes = new RepositoryDriver(house, $"production:\n  auto_deploy_on: refs/heads/main\n{queue}");
        var older = wishes.Push("Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", older, "success");
        var newer = wishes.Push("Green tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", newer, "in_progress");

        house.World.SetBranch(wishes.Repository, "main", older, house.Ada);
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", newer, "success");

        wishes.Made.ShouldBe([$"production:{older}", $"production:{newer}", $"production:{older}"]);
    }

    [Fact]
    public async Task One_that_is_set_back_deploys_again_also_where_nobody_reports()
    {
        var wishes = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var older = wishes.Push("Tea");
        await wishes.SettleAsync();
        var newer = wishes.Push("Green tea");
        await wishes.SettleAsync();

        house.World.SetBranch(wishes.Repository, "main", older, house.Ada);
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"production:{older}", $"production:{newer}", $"production:{older}"]);
    }
}
