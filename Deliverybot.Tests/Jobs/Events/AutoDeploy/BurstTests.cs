using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class BurstTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Two_hundred_pushes_make_two_hundred_deployments_and_their_redelivery_none()
    {
        var repositories = Enumerable.Range(0, 20).Select(_ => house.CreateRepository("all:\n  auto_deploy_on: refs/heads/*\n")).ToList();

        foreach (var repository in repositories)
        {
            for (var branch = 0; branch < 10; branch++)
            {
                house.World.Push(repository, $"branch-{branch}", house.Ada, $"Change {branch}");
            }
        }

        await house.EventuallyAsync(() => Task.FromResult(Made() == 200), "200 deployments");
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await AllProcessedAsync();
        var before = await house.ReadAsync(db => db.WebhookDeliveries.CountAsync());
        foreach (var push in house.World.Webhooks.Deliveries.Where(delivery => delivery.Event == "push").ToList())
        {
            house.World.Webhooks.Redeliver(push);
        }

        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await AllProcessedAsync();
        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync())).ShouldBe(before);
        Made().ShouldBe(200);
        (await house.ReadAsync(db => db.Deployments.CountAsync())).ShouldBe(200);

        int Made() => house.World.Read(_ => repositories.Sum(repository => repository.Deployments.Count));
    }

    private Task AllProcessedAsync() => house.EventuallyAsync(
        () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(delivery => delivery.ProcessedAt == null)), "all deliveries are processed");
}
