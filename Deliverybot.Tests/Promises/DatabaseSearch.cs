using Npgsql;

namespace Deliverybot.Tests.Promises;

/// <summary>Looks through everything that a database holds, Hangfire's tables included.</summary>
internal static class DatabaseSearch
{
    private const string Tables =
        """
        select format('%I.%I', table_schema, table_name) from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        """;

    /// <returns>The tables with a row that has the text in any of its columns, also as bytes.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlDataSource database, string text, CancellationToken cancellationToken)
    {
        var bytes = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));
        List<string> found = [];
        foreach (var table in await ListAsync(database, cancellationToken))
        {
            await using var command = database.CreateCommand(
                $"select exists (select from {table} as held where position($1 in held::text) > 0 or position($2 in held::text) > 0)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = bytes });
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            {
                found.Add(table);
            }
        }

        return found;
    }

    /// <returns>The tables of the public schema that have rows.</returns>
    public static async Task<IReadOnlyList<string>> FilledAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        List<string> filled = [];
        foreach (var table in (await ListAsync(database, cancellationToken)).Where(table => table.StartsWith("public.", StringComparison.Ordinal)))
        {
            await using var command = database.CreateCommand($"select exists (select from {table})");
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            {
                filled.Add(table["public.".Length..]);
            }
        }

        return filled;
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        List<string> tables = [];
        await using var command = database.CreateCommand(Tables);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
