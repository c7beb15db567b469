using System.Transactions;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NpgsqlTypes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

public sealed class DispatchTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await using var command = database.Source.CreateCommand("delete from webhook_deliveries");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
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
            (await dispatcher.DispatchAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(0);
        (await CountAsync("select count(*) from webhook_deliveries where dispatched_at is not null")).ShouldBe(0);

        (await dispatcher.DispatchAsync(TestContext.Current.CancellationToken)).ShouldBe(1);

        (await CountAsync("select count(*) from hangfire.job")).ShouldBe(1);
        (await CountAsync("select count(*) from webhook_deliveries where dispatched_at is not null")).ShouldBe(1);
        (await dispatcher.DispatchAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
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

        var batches = await ActivatorUtilities.CreateInstance<NewDeliveries>(services).TakeAsync(TestContext.Current.CancellationToken);

        batches.Select(batch => AccountOf(services, batch)).ShouldBe(["installation#71", "installation#71", "installation#71", "installation#72"]);
    }

    private static string AccountOf(IServiceProvider services, DeliveryBatch batch) =>
        services.GetRequiredService<WorkOwners>().Of(Job.FromExpression<ProcessDeliveriesJob>(job => job.RunAsync(batch.Source, batch.Events, batch.Ids, CancellationToken.None)));

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
        .BuildServiceProvider();

    private async Task InsertAsync(string @event = "push", long? repository = 1, long? installation = null)
    {
        await using var command = database.Source.CreateCommand(
            "insert into webhook_deliveries (guid, event, repository_id, installation_id, body, received_at) values (gen_random_uuid(), $1, $2, $3, '{}', now())");
        command.Parameters.AddWithValue(@event);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, repository as object ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, installation as object ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
