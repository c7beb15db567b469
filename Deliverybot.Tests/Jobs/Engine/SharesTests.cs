using System.Net;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

/// <summary>Pages, jobs and receiving don't take each other's connections, and what gives way to others isn't forgotten.</summary>
public sealed class SharesTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_pages_have_used_up_their_connections_events_are_taken_in_and_deployed()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        await shop.SettledAsync(shop.Push("Sell tea"));
        using var ada = await house.SignInAsync("ada");
        var pools = house.Services.GetRequiredService<DatabasePools>();
        var held = new List<NpgsqlConnection>();
        for (var each = 0; each < pools.Sizes.Pages; each++)
        {
            held.Add(await pools.Pages.OpenConnectionAsync(Stop));
        }

        using (var health = await house.Site.GetAsync("/_/health/ready", Stop))
        {
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var pushed = await shop.SettledAsync(shop.Push("Sell green tea"));
        shop.Deployed.ShouldContain(pushed.Sha.Value);
        using (var page = await ada.GetAsync("/_/settings", Stop))
        {
            page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await page.ReadPageAsync()).Body!.TextContent.ShouldContain("The database is busy");
        }

        held.ForEach(connection => connection.Dispose());
        using var again = await ada.GetAsync("/_/settings", Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(WorkerShares.Ahead)]
    [InlineData(WorkerShares.Rest)]
    public async Task What_was_handed_on_is_worked_off(string queue)
    {
        var jobs = house.Services.GetRequiredService<IBackgroundJobClientV2>();
        var id = jobs.Create<EvaluateDeploymentJob>(
            job => job.RunAsync("mallory/shop", 1_000_000, CancellationToken.None), new EnqueuedState(queue));

        await house.EventuallyAsync(
            () =>
            {
                using var connection = house.Services.GetRequiredService<JobStorage>().GetConnection();
                return Task.FromResult(connection.GetStateData(id).Name == SucceededState.StateName);
            },
            "the job is done");
    }
}
