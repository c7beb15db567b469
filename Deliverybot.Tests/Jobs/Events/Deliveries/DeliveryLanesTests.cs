using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>What comes while there is little to do needs no job; nothing is lost by that.</summary>
public sealed class DeliveryLanesTests(House house) : IClassFixture<House>
{
    private const string Simple = "production:\n  auto_deploy_on: refs/heads/main\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_push_is_deployed_without_a_job()
    {
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettleAsync();

        await shop.SettledAsync(shop.Push("Sell tea"));

        (await JobsOfAsync(shop)).ShouldBe(0);
        (await CountAsync("select count(*) from webhook_deliveries where leased_until is not null and processed_at is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task What_fails_is_left_to_a_job()
    {
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = "/repos/{owner}/{repo}/contents/{**path}",
            Address = $"/{shop.Repository.FullName}/",
            SecondaryLimitShare = 1,
            RetryAfter = TimeSpan.FromSeconds(1),
            Times = 1,
        });

        await shop.EventuallyAsync(shop.Push("Sell tea"), DeploymentState.Pending);

        (await JobsOfAsync(shop)).ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_left_to_a_job_is_left_to_it_as_soon_as_that_can_be_saved()
    {
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = "/repos/{owner}/{repo}/contents/{**path}",
            Address = $"/{shop.Repository.FullName}/",
            SecondaryLimitShare = 1,
            RetryAfter = TimeSpan.FromSeconds(1),
            Times = 1,
        });
        await ExecuteAsync(
            """
            create sequence play_faults;
            create function play_fault() returns trigger language plpgsql as $$
            begin
              if nextval('play_faults') = 1 then
                raise 'The disk is full';
              end if;
              return new;
            end $$;
            create trigger play_fault before update on webhook_deliveries for each row
            when (old.leased_until is not null and new.leased_until is null and new.processed_at is null) execute function play_fault()
            """);
        try
        {
            await shop.EventuallyAsync(shop.Push("Sell tea"), DeploymentState.Pending);
        }
        finally
        {
            await ExecuteAsync("drop trigger play_fault on webhook_deliveries; drop function play_fault(); drop sequence play_faults");
        }

        // What waits for its lease to end would have been begun anew without a job.
        (await JobsOfAsync(shop)).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_process_had_begun_that_is_gone_is_begun_anew()
    {
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettleAsync();
        await ExecuteAsync(
            """
            create function play_crash() returns trigger language plpgsql as $$
            begin
              new.dispatched_at := now();
              new.leased_until := now() - interval '1 second';
              return new;
            end $$;
            create trigger play_crash before insert on webhook_deliveries for each row when (new.event = 'push') execute function play_crash()
            """);
        try
        {
            var sha = shop.Push("Sell tea");
            await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

            await shop.EventuallyAsync(sha, DeploymentState.Pending);
        }
        finally
        {
            await ExecuteAsync("drop trigger play_crash on webhook_deliveries; drop function play_crash()");
        }

        shop.Deployed.Count.ShouldBe(1);
    }

    private Task<long> JobsOfAsync(RepositoryDriver shop) => CountAsync(
        "select count(*) from hangfire.job where arguments ->> 0 like $1", $"%{shop.Repository.FullName}%");

    private async Task<long> CountAsync(string sql, params string[] parameters)
    {
        await using var command = house.Database.Source.CreateCommand(sql);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter<string> { TypedValue = value }).ToArray());
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = house.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
