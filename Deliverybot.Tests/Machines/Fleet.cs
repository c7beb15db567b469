using System.Globalization;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.PostgreSql;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>Processes of the Site in production, which share a PostgreSQL and a certificate and nothing else, behind one address.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const string Database = "deliverybot";
    private const int Repositories = 12;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-machines-");
    private readonly List<Machine> machines = [];
    private readonly NpgsqlDataSource source;

    private Fleet(PrivatePostgreSql postgreSql, SandboxServer gitHub, Balancer front)
    {
        (PostgreSql, GitHub, Front) = (postgreSql, gitHub, front);
        // What it has would be broken by a crash.
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgreSql.ConnectionString(Database)) { Pooling = false });
        Settings = new()
        {
            ["ConnectionStrings__Deliverybot"] = postgreSql.ConnectionString(Database),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // They don't live long enough to win back what it costs.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["Deliverybot__PublicUrl"] = front.Url.GetLeftPart(UriPartial.Authority),
            ["Deliverybot__KeyCertificatePath"] = Path.Combine(folder.FullName, "keys.pfx"),
        };
    }

    public PrivatePostgreSql PostgreSql { get; }

    public SandboxServer GitHub { get; }

    public Balancer Front { get; }

    /// <summary>What all of them have, as environment variables.</summary>
    public Dictionary<string, string> Settings { get; }

    public static async Task<Fleet> MakeAsync(CancellationToken cancellationToken)
    {
        var data = Path.Combine(Path.GetTempPath(), $"deliverybot-tests-{Guid.NewGuid():N}");
        var postgreSql = await PrivatePostgreSql.StartAsync(new(data) { Temporary = true }, cancellationToken);
        await postgreSql.EnsureDatabaseAsync(Database, cancellationToken);
        var fleet = new Fleet(postgreSql, await SandboxServer.StartAsync(new SandboxServerOptions { RateLimit = 1_000_000 }, cancellationToken), new Balancer());
        SiteApplication.MakeCertificate([$"--Deliverybot:KeyCertificatePath={fleet.Settings["Deliverybot__KeyCertificatePath"]}"]);
        return fleet;
    }

    /// <param name="roles">What it does.</param>
    /// <param name="build">The Site's assembly; null: the one that was built with the tests.</param>
    public Machine Start(string roles, string? build = null)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}"));
        var log = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{machines.Count}-{roles}.log"));
        var machine = new Machine(url, new Dictionary<string, string>(Settings) { ["Deliverybot__Roles"] = roles }, log, build);
        machines.Add(machine);
        return machine;
    }

    /// <summary>Repositories in which each branch that is pushed is deployed.</summary>
    public List<Repository> Town(Account owner)
    {
        var files = new Dictionary<string, string>
        {
            [".github/deploy.yml"] = "all:\n  auto_deploy_on: refs/heads/branch-*\nproduction:\n  auto_deploy_on: refs/heads/main\n",
        };
        return [.. Enumerable.Range(0, Repositories).Select(number => GitHub.World.CreateRepository(owner, $"shop-{number}", files))];
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<T> values = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(machines.Select(machine => machine.DisposeAsync().AsTask()));
        await Front.DisposeAsync();
        await GitHub.DisposeAsync();
        await source.DisposeAsync();
        await PostgreSql.DisposeAsync();
        if (TestContext.Current.TestState is { Result: TestResult.Failed })
        {
            TestContext.Current.SendDiagnosticMessage($"The logs are in {folder.FullName}.");
            return;
        }

        folder.Delete(recursive: true);
    }
}
