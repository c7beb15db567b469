using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>A tag's commits have no order of their own: where an event doesn't fit, GitHub says where the tag is.</summary>
public sealed class LateTagTests(House house) : IClassFixture<House>
{
    private const string Versions = "production:\n  auto_deploy_on: refs/tags/v*\n";

    private const string Checked = Versions + "  required_contexts: [ci]\n";

    [Theory]
    [InlineData(null)]
    [InlineData("The second")]
    public async Task A_late_move_leaves_the_newer_wish_alone(string? annotation)
    {
        var wishes = new RepositoryDriver(house, Checked);
        var (first, second, third) = (wishes.Push("Tea"), wishes.Push("Green tea"), wishes.Push("Black tea"));
        house.World.CreateTag(wishes.Repository, "v1", first, house.Ada, annotation);
        await wishes.SettleAsync();
        var late = await LoseAsync(wishes, second, annotation);
        house.World.CreateTag(wishes.Repository, "v1", third, house.Ada, annotation);
        await wishes.SettleAsync();
        (await wishes.AwaitAsync("production", first, DeploymentState.Cancelled)).Reason.ShouldBe($"v1 was moved to {third[..7]}.");

        house.World.Webhooks.Redeliver(late);
        await wishes.SettleAsync();

        (await wishes.RowsAsync()).ShouldNotContain(wish => wish.Sha.Value == second);
        await wishes.PassAsync(third, "ci");
        wishes.Made.ShouldBe([$"production:{third}"]);
    }

    [Fact]
    public async Task A_late_creation_deploys_nothing_once_the_tag_has_moved()
    {
        var wishes = new RepositoryDriver(house, Versions);
        var (older, newer) = (wishes.Push("Tea"), wishes.Push("Green tea"));
        var late = await LoseAsync(wishes, older);
        house.World.CreateTag(wishes.Repository, "v1", newer, house.Ada);
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", newer, "success");

        house.World.Webhooks.Redeliver(late);
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"production:{newer}"]);
    }

    [Fact]
    public async Task A_tag_made_anew_while_its_deletion_was_lost_takes_the_wish_along()
    {
        var wishes = new RepositoryDriver(house, Checked);
        var (older, newer) = (wishes.Push("Tea"), wishes.Push("Green tea"));
        house.World.CreateTag(wishes.Repository, "v1", older, house.Ada);
        await wishes.AwaitAsync("production", older, DeploymentState.Waiting, "Checks");
        await LoseAsync(wishes, () => house.World.DeleteTag(wishes.Repository, "v1", house.Ada));

        house.World.CreateTag(wishes.Repository, "v1", newer, house.Ada);
        await wishes.SettleAsync();

        await wishes.AwaitAsync("production", newer, DeploymentState.Waiting, "Checks");
        (await wishes.AwaitAsync("production", older, DeploymentState.Cancelled)).Reason.ShouldBe($"v1 was moved to {newer[..7]}.");
    }

    [Fact]
    public async Task Moves_in_their_order_cost_no_question()
    {
        var wishes = new RepositoryDriver(house, Versions);
        foreach (var sha in new[] { wishes.Push("Tea"), wishes.Push("Green tea"), wishes.Push("Black tea") })
        {
            house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada);
            house.World.CreateTag(wishes.Repository, "unwanted", sha, house.Ada, "By nobody");
            await wishes.SettleAsync();
        }

        wishes.Made.Count.ShouldBe(3);
        wishes.CallsTo(ReadRef).ShouldBe(0);
    }

    private Task<WebhookDelivery> LoseAsync(RepositoryDriver wishes, string sha, string? annotation = null) =>
        LoseAsync(wishes, () => house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada, annotation));

    /// <summary>Does something at a GitHub whose App doesn't listen.</summary>
    private async Task<WebhookDelivery> LoseAsync(RepositoryDriver wishes, Action act)
    {
        var url = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        act();
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        house.World.Webhooks.Url = url;
        return house.World.Webhooks.Deliveries.Last(sent => sent.Event == "push" && sent.RepositoryId == wishes.Repository.Id);
    }
}
