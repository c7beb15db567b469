using System.Data;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>Nobody decides about an environment while another does, whatever becomes of the other.</summary>
public sealed class TurnTests : IClassFixture<House>, IAsyncLifetime
{
    private readonly House house;
    private readonly RepositoryDriver shop;
    private readonly AsyncServiceScope first;
    private readonly AsyncServiceScope second;

    public TurnTests(House house)
    {
        this.house = house;
        shop = new RepositoryDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n");
        first = house.Services.CreateAsyncScope();
        second = house.Services.CreateAsyncScope();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Environment => new EnvironmentName("staging").Key;

    private RepositoryId Repository => new(shop.Repository.Id);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task One_waits_for_the_other()
    {
        var turn = await TakeAsync(first);
        var next = TakeAsync(second);
        await SomebodyWaitsAsync();
        next.IsCompleted.ShouldBeFalse();

        await turn.DisposeAsync();

        await (await next).DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_holds_no_connection()
    {
        await using var turn = await TakeAsync(first);
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var next = TakeAsync(second, impatience.Token);
        await SomebodyWaitsAsync();

        second.ServiceProvider.GetRequiredService<DeliverybotContext>().Database.GetDbConnection().State.ShouldBe(ConnectionState.Closed);

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Who_finds_many_waiting_is_told_at_once()
    {
        await using var turn = await TakeAsync(first);
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var scopes = Enumerable.Range(0, 5).Select(_ => house.Services.CreateAsyncScope()).ToList();
        var waiting = scopes.ConvertAll(scope => TakeAsync(scope, impatience.Token));
        await house.EventuallyAsync(
            () => Task.FromResult(house.Services.GetRequiredService<TurnQueue>().WaitingFor(Repository, Environment) == 5), "five wait");

        var taken = await Should.ThrowAsync<TurnTakenException>(() => TakeAsync(second));

        taken.Reason.ShouldContain("Try again");
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        foreach (var scope in scopes)
        {
            await scope.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_waits_for_another_process_gives_up_after_a_while_and_leaves_nothing_behind()
    {
        await using (var elsewhere = await house.Database.Source.OpenConnectionAsync(Stop))
        {
            await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, $2))", elsewhere)
            {
                Parameters = { new() { Value = Environment }, new() { Value = Repository.Value } },
            };
            await hold.ExecuteNonQueryAsync(Stop);

            await Should.ThrowAsync<TurnTakenException>(() => TakeAsync(first));

            first.ServiceProvider.GetRequiredService<DeliverybotContext>().Database.GetDbConnection().State.ShouldBe(ConnectionState.Closed);
        }

        await NobodyHasItAsync();
        await (await TakeAsync(second)).DisposeAsync();
    }

    [Fact]
    public async Task What_was_decided_while_it_was_awaited_is_known()
    {
        var row = await shop.SettledAsync(shop.Push("Say hello"));
        var database = second.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var read = await database.Deployments.SingleAsync(wish => wish.Id == row.Id, Stop);
        var turn = await TakeAsync(first);
        var next = Turn.TakeAsync(database, read, Stop);
        await SomebodyWaitsAsync();

        await house.ReadAsync(db => db.Deployments.Where(wish => wish.Id == row.Id)
            .ExecuteUpdateAsync(wish => wish.SetProperty(changed => changed.State, DeploymentState.Cancelled), Stop));
        await turn.DisposeAsync();

        await (await next).DisposeAsync();
        (await shop.RowsAsync()).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Cancelled);
        read.State.ShouldBe(DeploymentState.Cancelled);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_nothing_behind()
    {
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var turn = await TakeAsync(first);
        var next = TakeAsync(second, impatience.Token);
        await SomebodyWaitsAsync();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next);
        await turn.DisposeAsync();

        await NobodyHasItAsync();
    }

    [Fact]
    public async Task Who_gives_up_when_the_turn_has_come_gives_it_back()
    {
        var row = await shop.SettledAsync(shop.Push("Say hello"));
        var database = second.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var read = await database.Deployments.SingleAsync(wish => wish.Id == row.Id, Stop);
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using (var maintenance = await house.Database.Source.OpenConnectionAsync(Stop))
        await using (await maintenance.BeginTransactionAsync(Stop))
        {
            await using var close = new NpgsqlCommand("lock table deployments in access exclusive mode", maintenance);
            await close.ExecuteNonQueryAsync(Stop);
            var next = Turn.TakeAsync(database, read, impatience.Token);
            await house.EventuallyAsync(async () => await LocksAsync(granted: true) == 1, "the turn has come, and the row can't be read");

            await impatience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => next);
        }

        await NobodyHasItAsync();
        await (await TakeAsync(first)).DisposeAsync();
    }

    [Fact]
    public async Task Who_waited_for_a_wish_that_goes_elsewhere_now_gets_the_turn_there()
    {
        var row = await shop.SettledAsync(shop.Push("Say hello"));
        var database = second.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var read = await database.Deployments.SingleAsync(wish => wish.Id == row.Id, Stop);
        var turn = await TakeAsync(first);
        var next = Turn.TakeAsync(database, read, Stop);
        await SomebodyWaitsAsync();

        await using (var move = house.Database.Source.CreateCommand("update deployments set environment = 'elsewhere', environment_key = 'elsewhere' where id = $1"))
        {
            move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Id.Value });
            await move.ExecuteNonQueryAsync(Stop);
        }

        await turn.DisposeAsync();
        await using var there = await next;

        read.EnvironmentKey.ShouldBe("elsewhere");
        (await LocksAsync(granted: true)).ShouldBe(0);
        (await LocksAsync(granted: true, "elsewhere")).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_turn()
    {
        var turn = await TakeAsync(first);
        var connection = (NpgsqlConnection)first.ServiceProvider.GetRequiredService<DeliverybotContext>().Database.GetDbConnection();
        await using (var end = house.Database.Source.CreateCommand($"select pg_terminate_backend({connection.ProcessID})"))
        {
            await end.ExecuteNonQueryAsync(Stop);
        }

        await Should.ThrowAsync<NpgsqlException>(() => turn.DisposeAsync().AsTask());

        await (await TakeAsync(second)).DisposeAsync();
        await NobodyHasItAsync();
    }

    private Task<Turn.Held> TakeAsync(AsyncServiceScope scope, CancellationToken? stop = null) => Turn.TakeAsync(
        scope.ServiceProvider.GetRequiredService<DeliverybotContext>(), Repository, Environment, stop ?? Stop);

    private Task SomebodyWaitsAsync() => house.EventuallyAsync(
        () => Task.FromResult(house.Services.GetRequiredService<TurnQueue>().WaitingFor(Repository, Environment) > 0), "somebody waits");

    private Task NobodyHasItAsync() => house.EventuallyAsync(async () => await LocksAsync(granted: true) == 0, "nobody has the turn");

    private async Task<long> LocksAsync(bool granted, string? environment = null)
    {
        await using var count = house.Database.Source.CreateCommand(
            """
            select count(*) from pg_locks
            where locktype = 'advisory' and granted = $1 and database = (select oid from pg_database where datname = current_database())
              and (classid::bigint << 32) | objid::bigint = hashtextextended($2, $3)
            """);
        count.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = granted });
        count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = environment ?? Environment });
        count.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Repository.Value });
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }
}
