using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

public sealed class RedeliveryTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_that_never_arrived_is_sent_again_once()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var address = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri(house.SiteUrl, "/_/nobody-is-here");
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.World.Webhooks.Url = address;

        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));

        await house.AwaitAsync(repository, sha, DeploymentState.Pending);
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var attempts = house.World.Webhooks.Deliveries.Count;
        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));
        house.World.Webhooks.Deliveries.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task What_is_refused_again_is_given_up()
    {
        var address = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri(house.SiteUrl, "/_/nobody-is-here");
        house.World.Webhooks.Ping();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var attempts = house.World.Webhooks.Deliveries.Count;
        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));

        house.World.Webhooks.Deliveries.Count.ShouldBe(attempts);
        house.World.Webhooks.Deliveries.Count(delivery => delivery.Event == "ping").ShouldBe(2);
        house.World.Webhooks.Url = address;
    }
}
