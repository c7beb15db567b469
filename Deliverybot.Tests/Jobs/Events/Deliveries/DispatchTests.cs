using System.Transactions;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NpgsqlTypes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

public sealed class DispatchTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await ExecuteAsync("delete from webhook_deliveries; do $$ begin if to_regclass('hangfire.job') is not null then delete from hangfire.job; end if; end $$");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Jobs_and_marks_are_one_transaction()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        var dispatcher = ActivatorUtilities.CreateInstance<DeliveryDispatcher>(services);
        await InsertAsync();

        using (new TransactionScope(
            TransactionScopeOption.Required,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled))
        {
            (await dispatcher.DispatchAsync(Stop)).ShouldBe(1);
        }

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(0);
        (await CountAsync("select count(*) from webhook_deliveries where dispatched_at is not null")).ShouldBe(0);

        (await dispatcher.DispatchAsync(Stop)).ShouldBe(1);

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(1);
        (await CountAsync("select count(*) from webhook_deliveries where dispatched_at is not null")).ShouldBe(1);
        (await dispatcher.DispatchAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_taken_as_the_database_failed_is_left_to_jobs_when_it_is_back()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        var dispatcher = ActivatorUtilities.CreateInstance<DeliveryDispatcher>(services);
        await InsertAsync();
        await ExecuteAsync(
            """
            create function play_fault() returns trigger language plpgsql as $$ begin raise 'The disk is full'; end $$;
            create trigger play_fault before insert on hangfire.job for each row execute function play_fault()
            """);
        try
        {
            await Should.ThrowAsync<BackgroundJobClientException>(() => dispatcher.DispatchAsync(Stop));
        }
        finally
        {
            await ExecuteAsync("drop trigger play_fault on hangfire.job; drop function play_fault()");
        }

        await dispatcher.DispatchAsync(Stop);

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(1);
    }

    [Fact]
    public async Task What_comes_before_its_account_is_known_counts_by_its_installation()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        await InsertAsync("installation", repository: null, installation: 71);
        await InsertAsync("push", repository: 710, installation: 71);
        await InsertAsync("push", repository: 711, installation: 71);
        await InsertAsync("push", repository: 720, installation: 72);

        var batches = await ActivatorUtilities.CreateInstance<NewDeliveries>(services).TakeAsync(Stop);

        batches.Select(batch => AccountOf(services, batch)).ShouldBe(["installation#71", "installation#71", "installation#71", "installation#72"]);
    }

    [Fact]
    public async Task What_comes_for_a_repository_waits_for_the_lane_that_works_on_it_however_long_that_takes()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var services = Services(time);
        var deliveries = services.GetRequiredService<NewDeliveries>();
        await InsertAsync();
        var first = (await deliveries.TakeAsync(Stop)).ShouldHaveSingleItem();
        await InsertAsync();
        await InsertAsync(repository: 2);
        time.Advance(TimeSpan.FromMinutes(1));
        await deliveries.RenewAsync(first.Ids, Stop);

        var meanwhile = await deliveries.TakeAsync(Stop);
        await ExecuteAsync("update webhook_deliveries set processed_at = now(), leased_until = null where repository_id = 1 and dispatched_at is not null");
        var afterwards = await deliveries.TakeAsync(Stop);

        meanwhile.ShouldHaveSingleItem().Source.ShouldBe("repository 2");
        afterwards.ShouldHaveSingleItem().Source.ShouldBe("repository 1");
    }

    [Fact]
    public async Task What_another_process_has_begun_meanwhile_gets_no_job_of_this_one()
    {
        await using var slow = Services();
        await using var other = Services();
        slow.GetRequiredService<JobStorage>();
        await InsertAsync();
        await InsertAsync(repository: 2);
        var batches = await slow.GetRequiredService<NewDeliveries>().TakeAsync(Stop);
        await ExecuteAsync("update webhook_deliveries set leased_until = now() - interval '1 second' where repository_id = 1");
        (await other.GetRequiredService<NewDeliveries>().TakeBackAsync(Stop)).ShouldBe(1);
        var begun = (await other.GetRequiredService<NewDeliveries>().TakeAsync(Stop)).ShouldHaveSingleItem();

        await slow.GetRequiredService<DeliveryLanes>().HandOverAsync(batches, new EnqueuedState());
        foreach (var batch in batches)
        {
            await slow.GetRequiredService<NewDeliveries>().GiveBackAsync(batch, putOff: null);
        }

        (await TextAsync("select string_agg(arguments ->> 0, ', ') from hangfire.job")).ShouldBe("\"repository 2\"");
        (await CountAsync("select count(*) from webhook_deliveries where leased_until > now() and dispatched_at is not null")).ShouldBe(1);
        await other.GetRequiredService<DeliveryLanes>().HandOverAsync([begun], new EnqueuedState());
        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_put_off_gets_the_job_of_whoever_has_put_it_off()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        await InsertAsync();
        var batch = (await services.GetRequiredService<NewDeliveries>().TakeAsync(Stop)).ShouldHaveSingleItem();
        // In whole seconds: PostgreSQL rounds what is written as text.
        var later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds());
        await ExecuteAsync($"update webhook_deliveries set dispatched_at = '{later:O}'");

        await services.GetRequiredService<DeliveryLanes>().HandOverAsync([batch], new ScheduledState(later.UtcDateTime), later);

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(1);
    }

    [Fact]
    public async Task A_process_whose_clock_is_ahead_takes_nothing_away_from_the_others()
    {
        await using var services = Services();
        await using var ahead = Services(new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1)));
        await InsertAsync();
        (await services.GetRequiredService<NewDeliveries>().TakeAsync(Stop)).Count.ShouldBe(1);

        (await ahead.GetRequiredService<NewDeliveries>().TakeBackAsync(Stop)).ShouldBe(0);
        (await ahead.GetRequiredService<NewDeliveries>().TakeAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_just_being_handed_over_holds_up_nobody_who_frees_what_was_left()
    {
        await using var services = Services();
        await InsertAsync();
        await services.GetRequiredService<NewDeliveries>().TakeAsync(Stop);
        await ExecuteAsync("update webhook_deliveries set leased_until = now() - interval '1 second'");
        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using (var command = new NpgsqlCommand("update webhook_deliveries set leased_until = null", connection, transaction))
        {
            await command.ExecuteNonQueryAsync(Stop);
        }

        (await services.GetRequiredService<NewDeliveries>().TakeBackAsync(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop)).ShouldBe(0);
    }

    private static string AccountOf(IServiceProvider services, DeliveryBatch batch) =>
        services.GetRequiredService<WorkOwners>().Of(Job.FromExpression<ProcessDeliveriesJob>(job => job.RunAsync(batch.Source, batch.Events, batch.Ids, CancellationToken.None)));

    private ServiceProvider Services(TimeProvider? time = null) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(time ?? TimeProvider.System)
        .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
        .BuildServiceProvider();

    private async Task InsertAsync(string @event = "push", long? repository = 1, long? installation = null)
    {
        await using var command = database.Source.CreateCommand(
            "insert into webhook_deliveries (guid, event, repository_id, installation_id, body, received_at) values (gen_random_uuid(), $1, $2, $3, '{}', now())");
        command.Parameters.AddWithValue(@event);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, repository as object ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, installation as object ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task<string?> TextAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop) as string;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
