using Deliverybot.Benchmarks.Databases;
using Deliverybot.Benchmarks.Pages;
using Npgsql;

namespace Deliverybot.Benchmarks.Home;

/// <summary>Fills the Site's database with a history of many repositories, straight into its tables. Ten million rows take some minutes.</summary>
internal static class Fleet
{
    /// <summary>Somebody else's repositories are numbered from here.</summary>
    private const long Others = 800_000_000;

    private const string Repositories =
        """
        insert into repositories (id, installation_id, owner, name, default_branch, history_read_at)
        select id, $1, $2, 'service-' || id, 'main', now() from unnest($3::bigint[]) as id
        on conflict (id) do nothing
        """;

    /// <summary>Filled with its indexes the table would take an hour.</summary>
    private const string Indexes = "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = 'deployments' and indexname <> 'pk_deployments'";

    public static async Task PlantAsync(BenchmarkDatabase database, SmallTown town, int deployments, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false;Command Timeout=3600");
        await connection.OpenAsync(cancellationToken);
        var own = town.Repositories.Select(each => each.Id).ToArray();
        var others = own.Select((_, index) => Others + index).ToArray();
        foreach (var (installation, owner, repositories) in new[] { (town.InstallationId, town.Owner, own), (Others, "others", others) })
        {
            await ExecuteAsync(connection, "insert into installations (id, account, created_at) values ($1, $2, now()) on conflict (id) do nothing", cancellationToken, installation, owner);
            await ExecuteAsync(connection, Repositories, cancellationToken, installation, owner, repositories);
        }

        var indexes = await IndexesAsync(connection, cancellationToken);
        foreach (var (name, _) in indexes)
        {
            await ExecuteAsync(connection, $"drop index {name}", cancellationToken);
        }

        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            foreach (var statement in Statements())
            {
                await ExecuteAsync(connection, statement, cancellationToken, Mixed(own, others), deployments);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "set maintenance_work_mem = '512MB'", cancellationToken);
        foreach (var (_, definition) in indexes)
        {
            await ExecuteAsync(connection, definition, cancellationToken);
        }

        await ExecuteAsync(connection, "vacuum analyze", cancellationToken);
    }

    /// <summary>In turn, so that of all that there is both have the same.</summary>
    private static long[] Mixed(long[] own, long[] others) => [.. own.Zip(others).SelectMany(pair => new[] { pair.First, pair.Second })];

    private static async Task<List<(string Name, string Definition)>> IndexesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Indexes, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(string, string)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add((rows.GetString(0), rows.GetString(1)));
        }

        return found;
    }

    private static string[] Statements()
    {
        using var script = new StreamReader(typeof(Fleet).Assembly.GetManifestResourceStream("Fleet.sql")!);
        return script.ReadToEnd().Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        for (var number = 1; number <= values.Length && sql.Contains($"${number}", StringComparison.Ordinal); number++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = values[number - 1] });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
