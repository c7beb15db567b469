using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

public sealed class DatabasePoolsTests(House house) : IClassFixture<House>
{
    private const string Limits =
        """
        select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
        where name in ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout',
          'idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout')
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_that_vanishes_keeps_its_locks_for_two_minutes_at_most()
    {
        var pools = house.Services.GetRequiredService<DatabasePools>();
        foreach (var source in new[] { pools.Receiving, pools.Pages, pools.Jobs })
        {
            (await AskAsync(source, Limits)).ShouldBe(
                "idle_in_transaction_session_timeout=120000 lock_timeout=60000 statement_timeout=120000 "
                + "tcp_keepalives_count=3 tcp_keepalives_idle=30 tcp_keepalives_interval=10 tcp_user_timeout=60000");
        }
    }

    [Fact]
    public async Task What_the_operator_has_set_stays()
    {
        using var pools = new DatabasePools($"{house.Database.ConnectionString};Options=-c statement_timeout=5000 -c tcp_keepalives_idle=7");

        var said = await AskAsync(pools.Jobs, Limits);

        said.ShouldContain("statement_timeout=5000");
        said.ShouldContain("tcp_keepalives_idle=7");
        said.ShouldContain("lock_timeout=60000");
    }

    /// <summary>A socket of this machine takes no option of TCP's: no connection would come about.</summary>
    [Theory]
    [InlineData("db", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("/var/run/postgresql", false)]
    [InlineData("@postgresql", false)]
    public void Only_a_network_is_asked_whether_it_is_still_there(string host, bool isAsked)
    {
        using var pools = new DatabasePools($"Host={host};Database=deliverybot;Username=deliverybot");

        new NpgsqlConnectionStringBuilder(pools.Receiving.ConnectionString).TcpKeepAlive.ShouldBe(isAsked);
    }

    [Theory]
    [InlineData("", PoolSizes.Usual, 23)]
    [InlineData(";Maximum Pool Size=15", 15, 3)]
    [InlineData(";Maximum Pool Size=25", 25, 9)]
    [InlineData(";MaxPoolSize=50", 50, 23)]
    [InlineData(";Maximum Pool Size=100", 100, 23)]
    public void The_pools_are_never_more_than_the_operator_allows(string setting, int all, int workers)
    {
        var sizes = PoolSizes.Of($"Host=db;Database=deliverybot{setting}");

        (sizes.Receiving + sizes.Pages + sizes.Jobs).ShouldBe(all);
        sizes.Workers.ShouldBe(workers);
        sizes.Jobs.ShouldBeGreaterThan(sizes.Workers + 2);
        sizes.Receiving.ShouldBeGreaterThanOrEqualTo(3);
        sizes.Pages.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task Whoever_a_person_waits_for_works_on_the_connections_of_pages_and_others_on_those_of_jobs()
    {
        (await NameAsync()).ShouldBe("deliverybot jobs");
        (await InPageAsync()).ShouldBe("deliverybot pages");
        (await NameAsync()).ShouldBe("deliverybot jobs");
    }

    private async Task<string> InPageAsync()
    {
        house.Services.GetRequiredService<DatabasePools>().BeginPage();
        return await NameAsync();
    }

    private async Task<string> NameAsync()
    {
        await using var scope = house.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliverybotContext>().Database
            .SqlQuery<string>($"select current_setting('application_name') as \"Value\"").SingleAsync(Stop);
    }

    private static async Task<string> AskAsync(NpgsqlDataSource source, string question)
    {
        await using var command = source.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }
}
