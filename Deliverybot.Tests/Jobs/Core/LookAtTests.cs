using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>What waits for a time is looked at then.</summary>
public sealed class LookAtTests(House house) : IClassFixture<House>
{
    private const string Plain = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Queued = Plain + "  queue: all\n";
    private const string Checked = Plain + "  required_contexts: [ci]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_says_until_when_a_lock_holds_it()
    {
        var shop = new RepositoryDriver(house, Plain);
        await shop.SettleAsync();
        var until = DateTimeOffset.UtcNow.AddHours(1);
        await LockAsync(shop, until);

        var wish = await shop.SettledAsync(shop.Push("Tea"));

        (wish.State, wish.Gate).ShouldBe((DeploymentState.Waiting, "Lock"));
        wish.LookAt.ShouldNotBeNull().ShouldBe(until, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_no_time_opens_waits_for_the_longest_wait_and_then_ends()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Tea");
        var wish = await shop.SettledAsync(sha);
        wish.LookAt.ShouldBe(wish.CreatedAt.AddDays(7));

        await AgeAsync(wish.Id, "created_at = created_at - interval '7 days', look_at = look_at - interval '7 days 1 minute'");
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));

        await shop.EventuallyAsync(sha, DeploymentState.Cancelled);
        var ended = await shop.RowAsync(sha);
        ended.Reason.ShouldNotBeNull().ShouldStartWith("It has waited for 7 days. Waiting for ci (");
        ended.LookAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_look_comes_at_its_time()
    {
        var shop = new RepositoryDriver(house, Queued);
        var silent = await SentAsync(shop);
        await AgeAsync(silent.Id, "deployed_at = now() - interval '30 minutes' + interval '4 seconds'");

        var next = shop.Push("Coffee");

        // Upkeep finds it half a minute later.
        await house.EventuallyAsync(
            async () => (await shop.RowsAsync()).Exists(row => row.Sha == new CommitSha(next) && row.State == DeploymentState.Pending),
            "it goes out behind the silent one",
            TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_look_whose_time_came_while_no_process_ran_is_made_up_for()
    {
        var shop = new RepositoryDriver(house, Queued);
        var silent = await SentAsync(shop);
        var next = shop.Push("Coffee");
        var wish = await shop.SettledAsync(next);
        wish.LookAt.ShouldNotBeNull().ShouldBe(silent.DeployedAt!.Value.AddMinutes(30), TimeSpan.FromSeconds(1));

        await AgeAsync(silent.Id, "deployed_at = deployed_at - interval '40 minutes'");
        await AgeAsync(wish.Id, "look_at = look_at - interval '40 minutes'");
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));

        await shop.EventuallyAsync(next, DeploymentState.Pending);
    }

    [Fact]
    public async Task A_row_of_the_previous_release_which_names_no_time_is_found()
    {
        var shop = new RepositoryDriver(house, Queued);
        var silent = await SentAsync(shop);
        var next = shop.Push("Coffee");
        var wish = await shop.SettledAsync(next);

        await AgeAsync(silent.Id, "deployed_at = deployed_at - interval '40 minutes'");
        await AgeAsync(wish.Id, "look_at = null");
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));

        await shop.EventuallyAsync(next, DeploymentState.Pending);
    }

    [Fact]
    public async Task A_look_that_changes_nothing_says_nothing()
    {
        var shop = new RepositoryDriver(house, Queued);
        await SentAsync(shop);
        var next = shop.Push("Coffee");
        var wish = await shop.SettledAsync(next);
        await house.EventuallyAsync(() => Task.FromResult(StatusesOf(next).Count == 1), "the reason is told");
        var calls = shop.Calls.Count;

        await AgeAsync(wish.Id, "look_at = now() - interval '1 minute'");
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));
        await house.EventuallyAsync(async () => (await shop.RowAsync(next)).LookAt == wish.LookAt, "it was looked at");
        await shop.SettleAsync();

        (await shop.RowAsync(next)).Reason.ShouldBe(wish.Reason);
        StatusesOf(next).Count.ShouldBe(1);
        shop.Calls.Count.ShouldBe(calls);
        (await house.ReadAsync(db => db.Evaluations.CountAsync(look => look.DeploymentId == wish.Id, Stop))).ShouldBe(1);

        IReadOnlyList<string> StatusesOf(string sha) => shop.StatusesOf(sha, "deliverybot/production");
    }

    [Fact]
    public async Task Who_stands_behind_somebody_who_leaves_the_line_is_looked_at_soon()
    {
        var shop = new RepositoryDriver(house, Queued);
        var first = await SentAsync(shop);
        var second = await shop.SettledAsync(shop.Push("Coffee"));
        var third = shop.Push("Milk");
        await shop.SettleAsync();

        // Nothing is on its way any more, and nobody has looked at the second one.
        await AgeAsync(first.Id, "state = 'Failure', ended_at = now()");
        await AgeAsync((await shop.RowAsync(third)).Id, "look_at = now() - interval '1 minute'");
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));
        await house.EventuallyAsync(
            async () => (await shop.RowAsync(third)).Reason?.ToString() == $"{second.Sha.Short} by ada is ahead of it in the queue of production.", "it stands in line");

        var waiting = await shop.RowAsync(third);
        waiting.LookAt.ShouldNotBeNull().ShouldBeLessThan(DateTimeOffset.UtcNow.AddMinutes(1.1));
    }

    private static async Task<Deployment> SentAsync(RepositoryDriver shop)
    {
        var sha = shop.Push("Tea");
        await shop.EventuallyAsync(sha, DeploymentState.Pending);
        return await shop.SettledAsync(sha);
    }

    private Task AgeAsync(DeploymentId id, string change) => house.ExecuteAsync($"update deployments set {change} where id = {id.Value}");

    private Task<int> LockAsync(RepositoryDriver shop, DateTimeOffset until) => house.ReadAsync(db =>
    {
        db.Locks.Add(new EnvironmentLock
        {
            RepositoryId = new RepositoryId(shop.Repository.Id),
            Environment = new EnvironmentName("production"),
            Kind = LockKind.Lock,
            Holder = Somebody.Called("ada"),
            Since = DateTimeOffset.UtcNow,
            Until = until,
        });
        return db.SaveChangesAsync(Stop);
    });
}
