using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

public sealed class QueueTests(House house) : IClassFixture<House>
{
    private const string Free = "production:\n  auto_deploy_on: refs/heads/*\n";
    private const string Latest = Free + "  queue: latest\n";
    private const string All = Free + "  queue: all\n";

    [Fact]
    public async Task With_queue_all_each_is_deployed_in_its_turn()
    {
        var wishes = new RepositoryDriver(house, All);
        var pushed = new List<string>();
        foreach (var message in new[] { "One", "Two", "Three" })
        {
            pushed.Add(wishes.Push(message));
            await wishes.SettleAsync();
        }

        (await wishes.AwaitAsync("production", pushed[1], DeploymentState.Waiting, "Queue")).Reason.ShouldBe($"production is busy with {pushed[0][..7]} by ada.");

        for (var turn = 0; turn < pushed.Count; turn++)
        {
            wishes.Made.ShouldBe(pushed.Take(turn + 1).Select(sha => $"production:{sha}"));
            await wishes.ReportAsync("production", pushed[turn], turn == 0 ? "failure" : "success");
        }

        wishes.Made.Count.ShouldBe(3);
    }

    [Fact]
    public async Task With_queue_latest_only_the_newest_waits()
    {
        var wishes = new RepositoryDriver(house, Latest);
        var active = wishes.Push("One");
        await wishes.SettleAsync();
        var tea = wishes.Push("Tea", "tea");
        await wishes.AwaitAsync("production", tea, DeploymentState.Waiting, "Queue");

        var coffee = wishes.Push("Coffee", "coffee");
        await wishes.SettleAsync();

        (await wishes.AwaitAsync("production", tea, DeploymentState.Superseded)).Reason.ShouldBe($"{coffee[..7]} is newer in the queue of production.");
        await wishes.ReportAsync("production", active, "success");
        wishes.Made.ShouldBe([$"production:{active}", $"production:{coffee}"]);
    }

    [Fact]
    public async Task Unlocking_deploys_the_newest_and_ends_what_it_overtakes()
    {
        var wishes = new RepositoryDriver(house, Free + "  only_latest: false\n");
        await LockAsync(wishes);
        var older = wishes.Push("One");
        var newer = wishes.Push("Two");
        await wishes.SettleAsync();
        (await wishes.AwaitAsync("production", older, DeploymentState.Waiting, "Lock")).Reason.ShouldBe("production is locked by rita: A sale.");

        await UnlockAsync(wishes);

        wishes.Made.Skip(1).ShouldBe([$"production:{newer}"]);
        await wishes.AwaitAsync("production", older, DeploymentState.Superseded);
    }

    [Fact]
    public async Task Unlocking_keeps_the_order_of_a_queue()
    {
        var wishes = new RepositoryDriver(house, All);
        await LockAsync(wishes);
        var older = wishes.Push("One");
        var newer = wishes.Push("Two");
        await wishes.SettleAsync();

        await UnlockAsync(wishes);

        wishes.Made.Skip(1).ShouldBe([$"production:{older}"]);
        await wishes.ReportAsync("production", older, "success");
        wishes.Made.Skip(1).ShouldBe([$"production:{older}", $"production:{newer}"]);
    }

    private async Task LockAsync(RepositoryDriver wishes)
    {
        // A first event makes the repository known.
        wishes.Push("Before the sale");
        await wishes.SettleAsync();
        await wishes.ReportAsync("production", wishes.Repository.Head, "inactive");
        wishes.Made.ShouldHaveSingleItem();
        await house.ReadAsync(async db =>
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = wishes.Id,
                Environment = new EnvironmentName("production"),
                Kind = LockKind.Lock,
                Holder = Somebody.Called("rita"),
                Reason = "A sale",
                Since = TimeProvider.System.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });
    }

    private async Task UnlockAsync(RepositoryDriver wishes)
    {
        await house.ReadAsync(db => db.Locks.Where(held => held.RepositoryId == wishes.Id).ExecuteDeleteAsync());
        await using var scope = house.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WaitingWishes>()
            .UnlockedAsync(wishes.Id, new EnvironmentName("production").Key, TestContext.Current.CancellationToken);
        await wishes.SettleAsync();
    }
}
