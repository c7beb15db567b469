using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>What is asked for again depends on all that GitHub has sent before, so each has a stand-in of its own.</summary>
public sealed class RedeliveryTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

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
    public async Task A_walk_that_a_limit_ends_goes_on_where_it_was()
    {
        const string Deliveries = "/app/hook/deliveries";
        var address = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri(house.SiteUrl, "/_/nobody-is-here");
        var lost = Enumerable.Range(0, 150).Select(_ => house.World.Webhooks.Ping().Guid).ToList();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        // The first page of a run is given, and the second refused.
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = Deliveries,
            Times = 1,
            Meanwhile = () => house.GitHub.Faults.Add(new FaultRule { Method = "GET", Route = Deliveries, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 }),
        });

        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var before = Repeated(lost);
        await house.EventuallyAsync(
            async () =>
            {
                house.GitHub.Faults.Clear();
                await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));
                await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
                return Repeated(lost) == lost.Count;
            },
            "all are sent again");

        before.ShouldBe(100);
        (await house.ReadAsync(db => db.UpkeepMarks.AnyAsync(mark => mark.Name == RedeliveryJob.Walk))).ShouldBeFalse();
        house.World.Webhooks.Url = address;
    }

    [Fact]
    public async Task One_that_GitHub_will_not_send_again_keeps_no_other_from_it()
    {
        var address = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri(house.SiteUrl, "/_/nobody-is-here");
        var (first, second) = (house.World.Webhooks.Ping(), house.World.Webhooks.Ping());
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "POST",
            Route = "/app/hook/deliveries/{delivery_id}/attempts",
            Address = $"/{second.Id}/",
            ErrorShare = 1,
            ErrorStatus = 422,
        });

        await house.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        Repeated([first.Guid]).ShouldBe(1);
        Repeated([second.Guid]).ShouldBe(0);
        house.GitHub.Faults.Clear();
        house.World.Webhooks.Url = address;
    }

    private int Repeated(IReadOnlyCollection<Guid> lost) =>
        house.World.Webhooks.Deliveries.Where(delivery => delivery.Redelivery && lost.Contains(delivery.Guid)).Select(delivery => delivery.Guid).Distinct().Count();

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
