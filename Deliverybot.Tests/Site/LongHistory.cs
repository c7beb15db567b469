using Deliverybot.Tests.Harness;
using Npgsql;
using Xunit;
using SandboxRepository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Site;

/// <summary>A house whose database holds a long history, as years of use leave it: a tenth of it in the repository whose pages are opened.</summary>
public sealed class LongHistory(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const int OtherRepositories = 20;

    private QueryPlans? plans;
    private SandboxRepository? repository;
    private string[] commits = [];
    private long newest;
    private long failed;

    /// <summary>How many deployments there are.</summary>
    public int Deployments { get; init; } = 60_000;

    /// <summary>Nothing but pages, and what a test itself processes, reads from its database.</summary>
    public House House { get; } = new(postgreSql) { Roles = "web" };

    /// <summary>Who may write.</summary>
    public HttpClient Ada { get; private set; } = null!;

    public SandboxRepository Repository => repository!;

    /// <summary>Each page that shows something of the history.</summary>
    public LongPages Pages => new(repository!.FullName, commits[3], newest, failed);

    /// <summary>How the database finds what pages show.</summary>
    internal QueryPlans Plans => plans!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        plans = new QueryPlans(House);
        await House.InitializeAsync();
        repository = House.CreateRepository("staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  environment: production\n  after: [staging]\n");
        commits = [.. Enumerable.Range(1, 40).Select(number => House.World.Push(repository, "main", House.Ada, $"Change {number}")).Reverse()];
        Ada = await House.SignInAsync("ada");
        await PlantAsync();
        newest = await NewestAsync();
        failed = await FailAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Ada?.Dispose();
        await House.DisposeAsync();
        plans?.Dispose();
    }

    private async Task<long> NewestAsync()
    {
        await using var command = House.Database.Source.CreateCommand("select max(id) from deployments where repository_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = repository!.Id });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>The newest in an environment fails.</summary>
    private async Task<long> FailAsync()
    {
        await using var command = House.Database.Source.CreateCommand(
            """
            update deployments set state = 'Failure', succeeded_at = null
            where id = (select max(id) from deployments where repository_id = $1 and environment_key = 'staging' and github_id is not null)
            returning id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = repository!.Id });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task PlantAsync()
    {
        await using var connection = await House.Database.Source.OpenConnectionAsync(Stop);
        await using (var transaction = await connection.BeginTransactionAsync(Stop))
        {
            var others = Enumerable.Range(1, OtherRepositories).Select(number => 800_000L + number).ToArray();
            await ExecuteAsync(connection, "insert into installations (id, account, created_at) values (800, 'others', now())");
            await ExecuteAsync(
                connection,
                "insert into repositories (id, installation_id, owner, name, default_branch) select id, 800, 'others', 'r' || id, 'main' from unnest($1) as id",
                others);
            using var script = new StreamReader(typeof(LongHistory).Assembly.GetManifestResourceStream("History.sql")!);
            foreach (var statement in (await script.ReadToEndAsync(Stop)).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await ExecuteAsync(connection, statement, repository!.Id, others, commits, Deployments);
            }

            await transaction.CommitAsync(Stop);
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

        await command.ExecuteNonQueryAsync(Stop);
    }
}
