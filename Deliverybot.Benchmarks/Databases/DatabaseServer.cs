using Deliverybot.Sandbox.PostgreSql;
using Deliverybot.Sandbox.Processes;
using Npgsql;

namespace Deliverybot.Benchmarks.Databases;

/// <summary>
/// The PostgreSQL that is measured on: a private one that commits durably, or the one that
/// <c>ConnectionStrings__Deliverybot</c> names.
/// </summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly PrivatePostgreSql? own;
    private readonly string connectionString;

    private DatabaseServer(PrivatePostgreSql? own, string connectionString)
    {
        this.own = own;
        this.connectionString = connectionString;
    }

    public static async Task<DatabaseServer> StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Deliverybot") is { Length: > 0 } given)
        {
            return new DatabaseServer(null, new NpgsqlConnectionStringBuilder(given) { Database = "postgres" }.ConnectionString);
        }

        var folder = RepositoryFolder.Of(".data", "benchmarks");
        PrivatePostgreSql.Reset(folder);
        var own = await PrivatePostgreSql.StartAsync(new PrivatePostgreSqlOptions(folder) { Temporary = true }, cancellationToken);
        return new DatabaseServer(own, own.ConnectionString("postgres"));
    }

    /// <summary>Its version and whether a commit waits for the disk, in one line.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            "SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'), "
            + "current_setting('fsync'), current_setting('synchronous_commit'))");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public Task<BenchmarkDatabase> CreateAsync(string purpose, CancellationToken cancellationToken) =>
        BenchmarkDatabase.CreateAsync(connectionString, $"deliverybot_benchmark_{purpose}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }
}
