using System.Transactions;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Tests.Harness;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Deliveries;

public sealed class DispatchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
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

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
        .BuildServiceProvider();

    private async Task InsertAsync()
    {
        await using var command = database.Source.CreateCommand(
            "insert into webhook_deliveries (guid, event, repository_id, body, received_at) values (gen_random_uuid(), 'push', 1, '{}', now())");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
