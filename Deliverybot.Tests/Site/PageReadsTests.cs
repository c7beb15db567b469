using System.Net;
using Deliverybot.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>However long the history, a page reads what it shows: it finds its rows by indexes, and doesn't visit many more.</summary>
public sealed class PageReadsTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const int Deployments = 60_000;
    private static readonly string[] Growing = ["deployments", "deployment_steps", "evaluations", "activity"];

    private readonly House house = new(postgreSql) { Roles = "web" };

    public async ValueTask InitializeAsync() => await house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_page_reads_little_more_than_it_shows()
    {
        var repository = house.CreateRepository("staging:\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n");
        var commits = Enumerable.Range(1, 40).Select(number => house.World.Push(repository, "main", house.Ada, $"Change {number}")).Reverse().ToArray();
        using var ada = await house.SignInAsync("ada");
        await PlantAsync(repository.Id, commits);
        var newest = await NewestAsync(repository.Id);
        var root = $"/{repository.FullName}";
        (string Path, int Rows)[] pages =
        [
            ("/", 200),
            (root, 6_000),
            ($"{root}/deployments", 4_000),
            ($"{root}/deployments?environment=production&state=failed&person=ada&trigger=push", 8_000),
            ($"{root}/deployments/{newest}", 100),
            ($"{root}/commit/{commits[3]}", 500),
            ($"{root}/environments", 1_500),
            ($"{root}/config", 0),
            ($"{root}/metrics", 20_000),
            ($"{root}/activity", 600),
        ];

        var faults = new List<string>();
        foreach (var (path, rows) in pages)
        {
            await OpenAsync(ada, path);
            var before = await PageReads.CountAsync(house);
            await OpenAsync(ada, path);
            var read = (await PageReads.CountAsync(house)).Select(table => table.Since(before)).Where(table => Growing.Contains(table.Table));
            faults.AddRange(read.Where(table => table.WithoutIndex > 0 || table.ByIndex > rows).Select(table => $"{path} ({rows} rows at most): {table}"));
        }

        faults.ShouldBeEmpty();
    }

    private async Task OpenAsync(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}{Environment.NewLine}{string.Join(Environment.NewLine, house.Log.TakeLast(5))}");
    }

    private async Task<long> NewestAsync(long repository)
    {
        await using var command = house.Database.Source.CreateCommand("select max(id) from deployments where repository_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = repository });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task PlantAsync(long repository, string[] commits)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var connection = await house.Database.Source.OpenConnectionAsync(stop);
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            var others = Enumerable.Range(1, 20).Select(number => 800_000L + number).ToArray();
            await ExecuteAsync(connection, "insert into installations (id, account, created_at) values (800, 'others', now())");
            await ExecuteAsync(
                connection,
                "insert into repositories (id, installation_id, owner, name, default_branch) select id, 800, 'others', 'r' || id, 'main' from unnest($1) as id",
                others);
            using var script = new StreamReader(typeof(PageReadsTests).Assembly.GetManifestResourceStream("History.sql")!);
            foreach (var statement in (await script.ReadToEndAsync(stop)).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await ExecuteAsync(connection, statement, repository, others, commits, Deployments);
            }

            await transaction.CommitAsync(stop);
        }

        await ExecuteAsync(connection, "vacuum analyze");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        foreach (var value in values.TakeWhile((_, index) => sql.Contains($"${index + 1}", StringComparison.Ordinal)))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
