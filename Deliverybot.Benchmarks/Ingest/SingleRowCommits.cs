using System.Diagnostics;
using Deliverybot.Benchmarks.Load;
using Npgsql;
using NpgsqlTypes;

namespace Deliverybot.Benchmarks.Ingest;

/// <summary>The yardstick: bodies of the same size inserted straight into PostgreSQL, a commit for each row.</summary>
internal static class SingleRowCommits
{
    private const int Stored = 202;

    public static async Task<LoadResult> RunAsync(
        string connectionString, byte[] body, int count, int connections, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = connections, MaxPoolSize = connections }.ConnectionString);
        await using (var create = source.CreateCommand(
            "CREATE TABLE yardstick (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, delivery uuid NOT NULL UNIQUE, body bytea NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await InsertAsync(source, body, count / 10, connections, cancellationToken);
        return new LoadResult(await InsertAsync(source, body, count, connections, cancellationToken));
    }

    private static async Task<Acknowledgement[]> InsertAsync(
        NpgsqlDataSource source, byte[] body, int count, int connections, CancellationToken cancellationToken)
    {
        var commits = new Acknowledgement[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(InsertInTurnAsync, cancellationToken)));
        return commits;

        async Task InsertInTurnAsync()
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var insert = new NpgsqlCommand("INSERT INTO yardstick (delivery, body) VALUES ($1, $2)", connection);
            var delivery = insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid });
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = body });
            await insert.PrepareAsync(cancellationToken);
            for (int index; (index = Interlocked.Increment(ref next)) < count;)
            {
                delivery.Value = Guid.NewGuid();
                var sentAt = Stopwatch.GetTimestamp();
                await insert.ExecuteNonQueryAsync(cancellationToken);
                commits[index] = new Acknowledgement(sentAt, Stopwatch.GetTimestamp(), Stored);
            }
        }
    }
}
