using Deliverybot.Sandbox.PostgreSql;
using Deliverybot.Tests.Harness;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(TestPostgreSql))]

namespace Deliverybot.Tests.Harness;

/// <summary>
/// One PostgreSQL for the whole run: the server that <c>DELIVERYBOT_TEST_POSTGRES</c> or
/// <c>ConnectionStrings__Deliverybot</c> names, else a private one that is gone afterwards.
/// </summary>
public sealed class TestPostgreSql : IAsyncLifetime
{
    /// <summary>In bytes: what lies in it by and by, with some to spare.</summary>
    private const long RoomInMemory = 4L << 30;

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly string template = $"deliverybot_template_{Guid.NewGuid():N}";
    private PrivatePostgreSql? server;
    private NpgsqlDataSource? maintenance;
    private bool templateIsReady;

    /// <summary>A server for one test alone, whatever the environment names: it keeps what it has committed through a crash.</summary>
    public bool Own { get; init; }

    public async ValueTask InitializeAsync()
    {
        var given = Environment.GetEnvironmentVariable("DELIVERYBOT_TEST_POSTGRES")
            ?? Environment.GetEnvironmentVariable("ConnectionStrings__Deliverybot");
        if (Own || given is null)
        {
            var folder = Path.Combine(Own ? Path.GetTempPath() : MemoryOrTemp(), $"deliverybot-tests-{Guid.NewGuid():N}");
            server = await PrivatePostgreSql.StartAsync(new(folder) { Durable = Own, Temporary = true }, TestContext.Current.CancellationToken);
            given = server.ConnectionString("postgres");
        }

        // What is kept open would be broken by a crash.
        maintenance = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given) { Pooling = !Own });
    }

    /// <summary>Crashes a server of its own, and starts it again.</summary>
    public Task CrashAsync(Func<Task> meanwhile) =>
        Own && server is not null
            ? server.CrashAsync(meanwhile, TestContext.Current.CancellationToken)
            : throw new InvalidOperationException("Others use this server, too.");

    /// <summary>Makes a database with the schema and without rows, and answers how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"deliverybot_test_{Guid.NewGuid():N}";
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!templateIsReady)
            {
                await ExecuteAsync($"CREATE DATABASE {template}", cancellationToken);
                await Schema.ApplyAsync(ConnectionString(template, pooling: false), cancellationToken);
                templateIsReady = true;
            }

            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}{(server is null ? "" : " STRATEGY FILE_COPY")}", cancellationToken);
        }
        finally
        {
            oneAtATime.Release();
        }

        return ConnectionString(name, pooling: true);
    }

    /// <summary>Drops a database of <see cref="CreateDatabaseAsync"/>, whoever is still connected to it.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (maintenance is not null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {template} WITH (FORCE)", CancellationToken.None);
            await maintenance.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }

        oneAtATime.Dispose();
    }

    /// <summary>
    /// Databases come and go by the hundred, each with hundreds of files, and none outlasts the run. On a disk one costs 0.18 s of CPU,
    /// in memory, copied file by file, 0.02 s.
    /// </summary>
    private static string MemoryOrTemp() =>
        OperatingSystem.IsLinux() && Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > RoomInMemory ? "/dev/shm" : Path.GetTempPath();

    /// <param name="database">Of this server.</param>
    /// <param name="pooling">A connection that stays open to the template would keep it from being copied.</param>
    private string ConnectionString(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(server?.ConnectionString(database) ?? maintenance!.ConnectionString)
        {
            Database = database,
            Pooling = pooling,
        }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = maintenance!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
