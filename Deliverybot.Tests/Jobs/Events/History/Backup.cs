using System.Diagnostics;
using Deliverybot.Tests.Harness;
using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.History;

/// <summary>
/// A database as it was at one moment, while others work with it. Where the machine's <c>pg_dump</c> knows the server, it is made by the
/// commands of docs/operating.md; the tests' own PostgreSQL comes without that, and its tables are copied row by row as they stand.
/// </summary>
internal static class Backup
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <returns>The copy, for the caller to dispose of.</returns>
    public static async Task<TestDatabase> RestoreAsync(TestPostgreSql server, TestDatabase from)
    {
        var copy = new TestDatabase(server);
        await copy.InitializeAsync();
        await using var source = await from.Source.OpenConnectionAsync(Stop);
        if (await DumpKnowsAsync(source.PostgreSqlVersion))
        {
            await DumpAsync(new(from.ConnectionString), new(copy.ConnectionString));
        }
        else
        {
            await CopyAsync(source, copy);
        }

        // Made a while ago, as far as it can tell: the signs of life in it are old ones.
        await using var old = copy.Source.CreateCommand("update hangfire.server set lastheartbeat = now() - interval '1 day'");
        await old.ExecuteNonQueryAsync(Stop);
        return copy;
    }

    private static async Task<bool> DumpKnowsAsync(Version server)
    {
        try
        {
            return Version.TryParse((await RunAsync("pg_dump", null, ["--version"])).Split(' ')[2], out var dump) && dump.Major >= server.Major;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task DumpAsync(NpgsqlConnectionStringBuilder from, NpgsqlConnectionStringBuilder to)
    {
        var file = Path.Combine(Path.GetTempPath(), $"deliverybot-{Guid.NewGuid():N}.dump");
        try
        {
            await RunAsync("pg_dump", from.Password, ["--format=custom", $"--file={file}", Named(from)]);
            // An empty one, as the commands have it.
            await using var empty = NpgsqlDataSource.Create(to.ConnectionString);
            await using var drop = empty.CreateCommand("drop schema public cascade; create schema public");
            await drop.ExecuteNonQueryAsync(Stop);
            await RunAsync("pg_restore", to.Password, ["--exit-on-error", "--single-transaction", "--no-owner", $"--dbname={Named(to)}", file]);
        }
        finally
        {
            File.Delete(file);
        }

        static string Named(NpgsqlConnectionStringBuilder database) => $"host={database.Host} port={database.Port} dbname={database.Database} user={database.Username}";
    }

    private static async Task<string> RunAsync(string program, string? password, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {await errors}");
    }

    private static async Task CopyAsync(NpgsqlConnection source, TestDatabase copy)
    {
        await using var moment = await source.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Stop);
        await using var target = await copy.Source.OpenConnectionAsync(Stop);
        await ExecuteAsync(target, "set session_replication_role = replica");
        foreach (var table in await ListAsync(source, "select quote_ident(table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"))
        {
            await ExecuteAsync(target, $"truncate {table} cascade");
        }

        foreach (var table in await ListAsync(source, "select quote_ident(table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"))
        {
            var columns = string.Join(", ", await ListAsync(
                source, $"select quote_ident(column_name) from information_schema.columns where table_schema = 'public' and quote_ident(table_name) = '{table}' and is_generated = 'NEVER'"));
            await using var rows = await source.BeginRawBinaryCopyAsync($"copy {table} ({columns}) to stdout (format binary)", Stop);
            await using var filled = await target.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", Stop);
            await rows.CopyToAsync(filled, Stop);
        }

        foreach (var sequence in await ListAsync(source, "select format('select setval(''%I'', %s)', sequencename, last_value) from pg_sequences where schemaname = 'public' and last_value is not null"))
        {
            await ExecuteAsync(target, sequence);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, string sql)
    {
        List<string> found = [];
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
