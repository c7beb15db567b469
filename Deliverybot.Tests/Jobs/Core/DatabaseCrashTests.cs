using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>PostgreSQL crashes and comes back. Seconds later everything is as if it never had (a busy machine that runs all tests may need a minute).</summary>
public sealed class DatabaseCrashTests : IAsyncLifetime
{
    private readonly TestPostgreSql postgreSql = new() { Own = true };
    private House? house;

    private House House => house!;

    public async ValueTask InitializeAsync()
    {
        await postgreSql.InitializeAsync();
        house = new House(postgreSql);
        await house.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (house is not null)
        {
            await house.DisposeAsync();
        }

        await postgreSql.DisposeAsync();
    }

    [Fact]
    public async Task A_crash_of_the_database_in_the_middle_of_a_burst_loses_and_doubles_nothing()
    {
        var storm = new Storm(House, each: 4);
        foreach (var branch in new[] { "main", "tea", "coffee", "milk" })
        {
            storm.Blow(branch);
        }

        storm.BlowThroughChains();
        await House.EventuallyAsync(() => Task.FromResult(House.World.Repositories.Sum(repository => repository.Deployments.Count) >= 5), "it is in full swing");

        await postgreSql.CrashAsync(() =>
        {
            storm.Blow("sugar");
            return Task.CompletedTask;
        });
        House.Database.Source.Clear();
        await House.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await House.RunAsync<RedeliveryJob>((job, stop) => job.RunAsync(stop));

        await storm.ShouldEndAsync(TimeSpan.FromMinutes(1));
    }
}
