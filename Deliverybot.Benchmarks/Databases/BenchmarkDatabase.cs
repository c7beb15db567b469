using Npgsql;

namespace Deliverybot.Benchmarks.Databases;

/// <summary>An empty database for one Site; disposing drops it.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource server;
    private readonly string name;

    private BenchmarkDatabase(string serverConnectionString, string name)
    {
        this.name = name;
        server = NpgsqlDataSource.Create(serverConnectionString);
        ConnectionString = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<BenchmarkDatabase> CreateAsync(string serverConnectionString, string name, CancellationToken cancellationToken)
    {
        var database = new BenchmarkDatabase(serverConnectionString, name);
        await database.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", cancellationToken);
        await database.ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return database;
    }

    /// <summary>How many rows have been written to its tables, by PostgreSQL's own statistics.</summary>
    public async Task<long> InsertedRowsAsync(CancellationToken cancellationToken)
    {
        // Not pooled: the pool would outlive the database, and the next one has the same name.
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT coalesce(sum(n_tup_ins), 0)::bigint FROM pg_stat_user_tables", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        await server.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
