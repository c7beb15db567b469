using System.Globalization;
using Deliverybot.Sandbox.PostgreSql;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.PostgreSql;

public sealed class PrivatePostgreSqlTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deliverybot-private-{Guid.NewGuid():N}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_keeps_the_data()
    {
        await using (var first = await StartAsync())
        {
            await first.EnsureDatabaseAsync("kept", Stop);
            await first.EnsureDatabaseAsync("kept", Stop);
            await ExecuteAsync(first, "kept", "CREATE TABLE words AS SELECT 'hello' AS word");
        }

        await using var second = await StartAsync();
        (await ScalarAsync(second, "kept", "SELECT word FROM words")).ShouldBe("hello");
    }

    [Fact]
    public async Task PostgreSql_never_runs_as_root()
    {
        await using var server = await StartAsync();

        Owner(PostmasterId()).ShouldNotBe("0");
    }

    [Fact]
    public async Task A_second_start_on_the_same_folder_is_refused_and_says_why()
    {
        await using var server = await StartAsync();

        (await Should.ThrowAsync<PostgreSqlException>(() => StartAsync())).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task What_a_crash_left_behind_does_not_hinder_the_next_start()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{folder}/cluster\n", Stop);

        await using var server = await StartAsync();
        (await ScalarAsync(server, "postgres", "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_ends_the_server_and_removes_a_temporary_folder()
    {
        var server = await PrivatePostgreSql.StartAsync(new(folder) { Durable = false, Temporary = true }, Stop);

        await server.DisposeAsync();

        await Should.ThrowAsync<NpgsqlException>(() => ScalarAsync(server, "postgres", "SELECT 1"));
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Reset_empties_the_folder()
    {
        await using (await StartAsync())
        {
        }

        PrivatePostgreSql.Reset(folder);

        Directory.Exists(folder).ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PidFile => Path.Combine(folder, "cluster", "postmaster.pid");

    private Task<PrivatePostgreSql> StartAsync() => PrivatePostgreSql.StartAsync(new(folder) { Durable = false }, Stop);

    private int PostmasterId() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private static string Owner(int id)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        return File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];
    }

    private static async Task ExecuteAsync(PrivatePostgreSql server, string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<object?> ScalarAsync(PrivatePostgreSql server, string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }
}
