using System.Diagnostics;
using System.Globalization;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

/// <summary>A job begins when it is made, also where nothing else happens that could wake a worker.</summary>
public sealed class WakingTests(House house) : IClassFixture<House>
{
    /// <summary>A worker that has taken a job and doesn't begin it keeps it from the others for twenty seconds.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>Of a <see cref="Window"/>: some fifteen a second, whoever asks. Each worker by itself would make more than that.</summary>
    private const long MostWhenIdle = 75;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_one_after_the_other_each_begin_at_once()
    {
        var jobs = house.Services.GetRequiredService<IBackgroundJobClientV2>();
        using var connection = house.Services.GetRequiredService<JobStorage>().GetConnection();
        var longest = TimeSpan.Zero;
        for (var each = 0; each < 200; each++)
        {
            var made = Stopwatch.GetTimestamp();
            var id = jobs.Create<EvaluateDeploymentJob>(job => job.RunAsync("mallory/shop", 1_000_000, CancellationToken.None), new EnqueuedState());
            while (connection.GetStateData(id).Name != SucceededState.StateName)
            {
                await Task.Delay(1, Stop);
            }

            var took = Stopwatch.GetElapsedTime(made);
            longest = took > longest ? took : longest;
        }

        longest.ShouldBeLessThan(AtOnce);
    }

    [Fact]
    public async Task What_another_process_has_made_is_found_within_a_few_seconds()
    {
        var jobs = house.Services.GetRequiredService<IBackgroundJobClientV2>();
        var id = jobs.Create<EvaluateDeploymentJob>(
            job => job.RunAsync("mallory/shop", 1_000_000, CancellationToken.None), new ScheduledState(TimeSpan.FromHours(1)));
        await using (var command = house.Database.Source.CreateCommand("insert into hangfire.jobqueue (jobid, queue) values ($1, 'default')"))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = long.Parse(id, CultureInfo.InvariantCulture) });
            await command.ExecuteNonQueryAsync(Stop);
        }

        await house.EventuallyAsync(
            async () =>
            {
                await using var left = house.Database.Source.CreateCommand($"select count(*) from hangfire.jobqueue where jobid = {id}");
                return await left.ExecuteScalarAsync(Stop) is 0L;
            },
            "a worker has taken it",
            AtOnce);
    }

    [Fact]
    public async Task Idle_workers_dont_each_ask_whether_there_is_something_to_do()
    {
        // What other tests have begun may still be under way.
        var fewest = long.MaxValue;
        for (var window = 0; window < 24 && fewest >= MostWhenIdle; window++)
        {
            var before = await TransactionsAsync();
            await Task.Delay(Window, Stop);
            fewest = Math.Min(fewest, await TransactionsAsync() - before);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{fewest} transactions in {Window.TotalSeconds} s");
        fewest.ShouldBeLessThan(MostWhenIdle);
    }

    /// <summary>
    /// Hangfire's long polling does: the worker awaits the end of that before it begins what it took, and that end may not come for a
    /// minute (twice in 3 000 jobs on an idle site).
    /// </summary>
    [Fact]
    public async Task No_worker_listens_on_a_connection_of_its_own()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Count) == 1), "the push is deployed");

        await using var listening = house.Database.Source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen new_job%'");
        (await listening.ExecuteScalarAsync(Stop)).ShouldBe(0L);
    }

    private async Task<long> TransactionsAsync()
    {
        await using var command = house.Database.Source.CreateCommand("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
