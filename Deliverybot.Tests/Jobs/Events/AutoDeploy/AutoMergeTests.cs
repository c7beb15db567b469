using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class AutoMergeTests(House house) : IClassFixture<House>
{
    private const string Merging = "preview:\n  environment: preview\n  auto_deploy_on: refs/heads/tea\n  auto_merge: true\n";

    [Fact]
    public async Task The_merge_commit_is_deployed_when_its_push_arrives()
    {
        var wishes = new RepositoryDriver(house, Merging);
        house.World.SetBranch(wishes.Repository, "tea", wishes.Repository.Head, house.Ada);
        await wishes.SettleAsync();
        wishes.Push("The default branch moves on");
        await wishes.SettleAsync();

        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();

        var merge = wishes.Repository.Branches["tea"];
        merge.ShouldNotBe(sha);
        (await wishes.AwaitAsync("preview", sha, DeploymentState.Superseded)).Reason
            .ShouldBe("Auto-merged main into tea on deployment. The merge commit is deployed when its push arrives.");
        await wishes.AwaitAsync("preview", merge, DeploymentState.Pending);
        wishes.Made.ShouldContain($"preview:{merge}");
        wishes.Made.ShouldNotContain($"preview:{sha}");
    }

    [Fact]
    public async Task A_conflict_ends_the_wish_and_says_so()
    {
        var wishes = new RepositoryDriver(house, Merging);
        house.World.SetBranch(wishes.Repository, "tea", wishes.Repository.Head, house.Ada);
        house.World.MarkConflicting(wishes.Repository, "tea");
        await wishes.SettleAsync();
        wishes.Push("The default branch moves on");
        await wishes.SettleAsync();

        var sha = wishes.Push("Tea", "tea");

        (await wishes.AwaitAsync("preview", sha, DeploymentState.Denied)).Reason.ShouldBe("Conflict merging main into tea");
    }
}
