using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

/// <summary>The queues by themselves: no site runs here, and whoever takes a job keeps it.</summary>
public sealed partial class WakingQueueTests : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const int Workers = 6;

    /// <summary>One of those who wait looks each second; without a signal the others come only after fifteen.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopped = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public WakingQueueTests(TestDatabase database)
    {
        _database = database;
        _services = new ServiceCollection()
            .AddLogging()
            .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
            .BuildServiceProvider();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PostgreSqlStorage Storage => (PostgreSqlStorage)_services.GetRequiredService<JobStorage>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _services.DisposeAsync();
        _stopped.Dispose();
    }

    [Fact]
    public async Task However_much_another_process_has_made_a_worker_finds_each_soon()
    {
        _ = Storage;
        var workers = Enumerable.Range(0, Workers).Select(_ => TakeAsync(WorkerShares.Rest)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);

        await PutAsync(WorkerShares.Rest, Workers - 1);

        await Until(() => workers.Count(worker => worker.IsCompletedSuccessfully) == Workers - 1);
    }

    [Fact]
    public async Task Whoever_asks_while_the_database_is_away_goes_on_when_it_is_back()
    {
        await PutAsync(EnqueuedState.DefaultQueue, 1);
        await TakeAsync(EnqueuedState.DefaultQueue);
        var workers = new List<Task<IFetchedJob>>();
        await WithoutDatabaseAsync(async () =>
        {
            workers.AddRange(Enumerable.Range(0, Workers).Select(_ => TakeAsync(EnqueuedState.DefaultQueue)));
            await Task.WhenAny([.. workers, Task.Delay(TimeSpan.FromSeconds(3), Stop)]);
        });
        workers.ShouldAllBe(worker => !worker.IsCompleted);

        await PutAsync(EnqueuedState.DefaultQueue, Workers);

        await Until(() => workers.TrueForAll(worker => worker.IsCompletedSuccessfully));
    }

    /// <summary>A worker that lives says so while it works, or another would begin the same after twenty seconds.</summary>
    [Fact]
    public async Task What_is_being_worked_on_is_kept()
    {
        await PutAsync(WorkerShares.Ahead, 1);
        var job = (PostgreSqlFetchedJob)await TakeAsync(WorkerShares.Ahead);
        var taken = await FetchedAtAsync(job);
#pragma warning disable CS0618 // The component that Hangfire's server runs.
        var heartbeat = Storage.GetComponents().Single(component => component.GetType().Name.Contains("Heartbeat", StringComparison.Ordinal));
        await Until(() =>
        {
            heartbeat.Execute(Stop);
            return FetchedAtAsync(job).GetAwaiter().GetResult() > taken;
        });
#pragma warning restore CS0618
        job.RemoveFromQueue();

        (await FetchedAtAsync(job)).ShouldBeNull();
    }

    /// <summary>What of the package is done here in its stead must be done as it does it. An upgrade that does it otherwise is to be read first.</summary>
    [Fact]
    public void The_package_takes_jobs_by_the_same_statement()
    {
        var package = StringsOf(typeof(PostgreSqlStorage).Assembly.Location);
        var ours = Plain(HangfireTables.Fetch)
            .Replace("$1", "@queues", StringComparison.Ordinal)
            .Replace("- $2", "+ interval", StringComparison.Ordinal)
            .Split(["hangfire", "interval", "returning"], StringSplitOptions.TrimEntries);

        ours.Length.ShouldBe(5);
        ours[0].ShouldBe("update");
        package.ShouldContain(text => text.StartsWith(ours[1], StringComparison.Ordinal), ours[1]);
        package.ShouldContain(text => text.StartsWith($"{ours[2]} interval '", StringComparison.Ordinal), ours[2]);
        package.ShouldContain(text => text.StartsWith($"seconds'{ours[3]} returning id as id, jobid as jobid, queue as queue, fetchedat as fetchedat;", StringComparison.Ordinal), ours[3]);
        ours[4].ShouldBe("id, jobid, queue, fetchedat");
        package.ShouldContain(text => text.StartsWith(".jobqueue (jobid, queue) values (@jobid, @queue);", StringComparison.Ordinal));
    }

    /// <summary>So the worker that has lost a job to another one neither keeps nor removes what that one has.</summary>
    [Fact]
    public void The_package_keeps_and_removes_a_job_by_the_time_it_was_taken()
    {
        var package = StringsOf(typeof(PostgreSqlStorage).Assembly.Location);

        package.ShouldContain(text => text.StartsWith(".jobqueue set fetchedat = now() where id = @id and fetchedat = @fetchedat returning fetchedat as fetchedat;", StringComparison.Ordinal));
        package.ShouldContain(text => text.StartsWith(".jobqueue where id = @id and fetchedat = @fetchedat;", StringComparison.Ordinal));
        package.ShouldContain(text => text.StartsWith(".jobqueue set fetchedat = null where id = @id and fetchedat = @fetchedat;", StringComparison.Ordinal));
    }

    private Task<IFetchedJob> TakeAsync(string queue) => Task.Factory.StartNew(
        () => Storage.QueueProviders.GetProvider(queue).GetJobQueue().Dequeue([queue], _stopped.Token),
        Stop,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>As another process does: nobody here is woken.</summary>
    private async Task PutAsync(string queue, int count)
    {
        var id = _services.GetRequiredService<IBackgroundJobClientV2>().Create<EvaluateDeploymentJob>(
            job => job.RunAsync("mallory/shop", 1_000_000, CancellationToken.None), new ScheduledState(TimeSpan.FromHours(1)));
        await using var command = _database.Source.CreateCommand("insert into hangfire.jobqueue (jobid, queue) select $1, $2 from generate_series(1, $3)");
        command.Parameters.AddWithValue(long.Parse(id, CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue(queue);
        command.Parameters.AddWithValue(count);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<DateTime?> FetchedAtAsync(PostgreSqlFetchedJob job)
    {
        await using var command = _database.Source.CreateCommand("select fetchedat from hangfire.jobqueue where id = $1");
        command.Parameters.AddWithValue(job.Id);
        return await command.ExecuteScalarAsync(Stop) as DateTime?;
    }

    private async Task WithoutDatabaseAsync(Func<Task> meanwhile)
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database;
        var elsewhere = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var server = NpgsqlDataSource.Create(elsewhere.ConnectionString);
        await ExecuteAsync(server, $"alter database {name} with allow_connections false");
        try
        {
            await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            await meanwhile();
        }
        finally
        {
            await ExecuteAsync(server, $"alter database {name} with allow_connections true");
        }

        _database.Source.Clear();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task Until(Func<bool> isTrue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Soon);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isTrue())
        {
            await look.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Every text that stands in the assembly's code.</summary>
    private static List<string> StringsOf(string assembly)
    {
        using var stream = File.OpenRead(assembly);
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        var strings = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            strings.Add(Plain(reader.GetUserString(handle)));
        }

        return strings;
    }

    private static string Plain(string sql) => Blanks().Replace(sql.Replace("\"", "", StringComparison.Ordinal), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
