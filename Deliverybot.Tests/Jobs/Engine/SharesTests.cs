using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using Deployment = Deliverybot.Data.Deploying.Deployment;
using Repository = Deliverybot.Sandbox.World.Repository;

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

    /// <summary>What was locked, what waited and what is told again deploys as well: a thousand of somebody's hold up nobody else's.</summary>
    [Fact]
    public async Task What_goes_on_after_a_wait_counts_by_its_account()
    {
        var somebody = house.World.CreateUser("Mallory");
        house.World.Install(somebody);
        var files = new Dictionary<string, string> { [".github/deploy.yml"] = "production:\n  auto_deploy_on: refs/heads/main\n" };
        Repository[] repositories =
            [house.World.CreateRepository(somebody, "one", files), house.World.CreateRepository(somebody, "two", files), house.CreateRepository(files.Values.Single())];
        var owners = house.Services.GetRequiredService<WorkOwners>();
        foreach (var repository in repositories)
        {
            house.World.Push(repository, "main", somebody, "Sell tea");
            await house.EventuallyAsync(async () => await FindAsync(repository) is not null, "the push is recorded");
            var deployment = (await FindAsync(repository))!.Id.Value;
            Job[] jobs =
            [
                Job.FromExpression<ReleaseJob>(job => job.RunAsync("production", repository.Id, CancellationToken.None)),
                Job.FromExpression<DeployedForwardJob>(job => job.RunAsync("production", deployment, CancellationToken.None)),
                Job.FromExpression<LookAgainJob>(job => job.RunAsync(deployment, CancellationToken.None)),
                Job.FromExpression<WriteCommitStatusJob>(job => job.RunAsync(deployment, CancellationToken.None)),
                Job.FromExpression<EvaluateDeploymentJob>(job => job.RunAsync(repository.FullName, deployment, CancellationToken.None)),
            ];
            jobs.Select(owners.Of).Distinct().ShouldHaveSingleItem().ShouldBe(WorkOfAttribute.AccountIn(repository.FullName));
        }

        owners.Of(Job.FromExpression<ReleaseJob>(job => job.RunAsync("production", 999_999_999, CancellationToken.None))).ShouldBe(nameof(ReleaseJob));
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

    private Task<Deployment?> FindAsync(Repository repository) =>
        house.ReadAsync(db => db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == new RepositoryId(repository.Id), Stop));
}
