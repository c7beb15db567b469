using Deliverybot.Benchmarks.Databases;
using Npgsql;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>Fills the Site's database with a long history, straight into its tables.</summary>
internal static class SeededHistory
{
    private const string Repositories =
        """
        insert into repositories (id, installation_id, owner, name, default_branch, history_read_at)
        select id, $1, $2, name, 'main', now() from unnest($3::bigint[], $4::text[]) as each (id, name)
        on conflict (id) do nothing
        """;

    /// <param name="database">Migrated, and empty.</param>
    /// <param name="town">What the stand-in GitHub has.</param>
    /// <param name="deployments">How many rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task PlantAsync(BenchmarkDatabase database, SmallTown town, int deployments, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await ExecuteAsync(connection, "insert into installations (id, account, created_at) values ($1, $2, now()) on conflict (id) do nothing", cancellationToken, town.InstallationId, town.Owner);
            await ExecuteAsync(connection, Repositories, cancellationToken, town.InstallationId, town.Owner, town.Repositories.Select(each => each.Id).ToArray(), town.Repositories.Select(each => each.Name).ToArray());
            foreach (var statement in Statements())
            {
                await ExecuteAsync(connection, statement, cancellationToken, town.Shown.Id, town.Repositories.Select(each => each.Id).ToArray(), town.Commits.ToArray(), deployments);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "vacuum analyze", cancellationToken);
    }

    private static string[] Statements()
    {
        using var script = new StreamReader(typeof(SeededHistory).Assembly.GetManifestResourceStream("History.sql")!);
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
