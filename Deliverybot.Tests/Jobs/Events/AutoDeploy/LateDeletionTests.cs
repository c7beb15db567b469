using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>A deletion that is told after the branch or tag has come back ends nothing.</summary>
public sealed class LateDeletionTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: [refs/heads/release/*, refs/tags/v*]\n  required_contexts: [ci]\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_for_a_name_that_has_come_back_stays(bool isTag)
    {
        var wishes = new RepositoryDriver(house, Checked);
        var sha = wishes.Push("Tea");
        Create(wishes, isTag, sha);
        await wishes.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");
        Delete(wishes, isTag);
        var deletion = house.World.Webhooks.Deliveries.Last(sent => sent.Event == "push" && sent.RepositoryId == wishes.Repository.Id);
        await wishes.SettleAsync();
        Create(wishes, isTag, sha);
        await wishes.SettleAsync();

        house.World.Webhooks.SendLate(deletion);
        await wishes.SettleAsync();

        (await wishes.RowsAsync()).Select(wish => wish.State).ShouldBe([DeploymentState.Cancelled, DeploymentState.Waiting]);
        await wishes.PassAsync(sha, "ci");
        wishes.Made.ShouldBe([$"production:{sha}"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_costs_a_call_only_where_something_waits(bool isTag)
    {
        var wishes = new RepositoryDriver(house, Checked);
        var sha = wishes.Push("Tea");
        Create(wishes, isTag, sha);
        await wishes.PassAsync(sha, "ci");
        Delete(wishes, isTag);
        await wishes.SettleAsync();
        wishes.CallsTo(ReadRef).ShouldBe(0);

        var next = wishes.Push("Green tea");
        Create(wishes, isTag, next);
        await wishes.AwaitAsync("production", next, DeploymentState.Waiting, "Checks");
        var before = wishes.CallsTo(ReadRef);
        Delete(wishes, isTag);

        (await wishes.AwaitAsync("production", next, DeploymentState.Cancelled)).Reason.ShouldBe(isTag ? "v1 was deleted." : "release/1 was deleted.");
        wishes.CallsTo(ReadRef).ShouldBe(before + 1);
    }

    private void Create(RepositoryDriver wishes, bool isTag, string sha)
    {
        if (isTag)
        {
            house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada);
        }
        else
        {
            house.World.SetBranch(wishes.Repository, "release/1", sha, house.Ada);
        }
    }

    private void Delete(RepositoryDriver wishes, bool isTag)
    {
        if (isTag)
        {
            house.World.DeleteTag(wishes.Repository, "v1", house.Ada);
        }
        else
        {
            house.World.DeleteBranch(wishes.Repository, "release/1", house.Ada);
        }
    }
}
