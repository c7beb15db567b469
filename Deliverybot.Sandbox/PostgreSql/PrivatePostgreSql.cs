using System.Globalization;
using System.Net;
using Deliverybot.Sandbox.Processes;
using Npgsql;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>A PostgreSQL of our own: needs no root, no container and no installation, and listens on the loopback address only.</summary>
public sealed class PrivatePostgreSql : IAsyncDisposable
{
    internal const string User = "deliverybot";
    private const int StartAttempts = 5;

    private readonly PostgreSqlTools tools;
    private readonly PrivatePostgreSqlOptions options;
    private readonly FileStream claim;
    private readonly string password;
    private readonly int port;
    private readonly LastWill lastWill;
    private bool stopped;

    private PrivatePostgreSql(PostgreSqlTools tools, PrivatePostgreSqlOptions options, FileStream claim, string password, int port)
    {
        (this.tools, this.options, this.claim, this.password, this.port) = (tools, options, claim, password, port);
        lastWill = tools.StopWhenAbandoned();
    }

    /// <summary>Starts the server on the folder's data, which it makes on the first start.</summary>
    /// <exception cref="PostgreSqlException">It can't be found or started.</exception>
    public static async Task<PrivatePostgreSql> StartAsync(PrivatePostgreSqlOptions options, CancellationToken cancellationToken = default)
    {
        var user = UnprivilegedUser.Needed();
        var binaries = PostgreSqlBinaries.Find(user);
        options = options with { Directory = FolderFor(Path.GetFullPath(options.Directory), user) };
        if (user is not null)
        {
            OpenFolder.Make(Path.GetDirectoryName(options.Directory)!);
        }

        Directory.CreateDirectory(options.Directory);
        var claim = Claim(options.Directory);
        try
        {
            var tools = new PostgreSqlTools(binaries, user, options.Directory);
            var password = await new Cluster(options.Directory).PrepareAsync(tools, user, cancellationToken);
            var port = await StartServerAsync(tools, options, cancellationToken);
            return new PrivatePostgreSql(tools, options, claim, password, port);
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes what a stopped server has left.</summary>
    public static void Reset(string directory)
    {
        var folder = FolderFor(Path.GetFullPath(directory), UnprivilegedUser.Needed());
        if (Directory.Exists(folder))
        {
            Claim(folder).Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Username = User,
        Password = password,
        Database = database,
    }.ConnectionString;

    /// <summary>Makes the database unless it is there.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken cancellationToken = default)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        exists.Parameters.Add(new NpgsqlParameter { Value = database });
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = source.CreateCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Crashes the server and starts it again at the same address.</summary>
    /// <param name="meanwhile">What happens while it is down.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CrashAsync(Func<Task> meanwhile, CancellationToken cancellationToken = default)
    {
        await tools.CrashAsync(cancellationToken);
        await meanwhile();
        var outcome = await tools.StartAsync(LogOf(options), Settings(options, port), cancellationToken);
        if (outcome.ExitCode != 0)
        {
            throw new PostgreSqlException($"PostgreSQL doesn't start again on {options.Directory}:{Environment.NewLine}{outcome.Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        NpgsqlConnection.ClearAllPools();
        lastWill.Dispose();
        await tools.StopAsync(CancellationToken.None);
        await claim.DisposeAsync();
        if (options.Temporary)
        {
            Directory.Delete(options.Directory, recursive: true);
        }
    }

    private static string FolderFor(string folder, UnprivilegedUser? user) => user is null ? folder : OpenFolder.InsteadOf(folder);

    private static FileStream Claim(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new PostgreSqlException($"{folder} is in use by another process of Deliverybot. Stop that one first.", exception);
        }
    }

    private static async Task<int> StartServerAsync(PostgreSqlTools tools, PrivatePostgreSqlOptions options, CancellationToken cancellationToken)
    {
        var log = LogOf(options);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePorts.Next();
            File.Delete(log);
            var outcome = await tools.StartAsync(log, Settings(options, port), cancellationToken);
            if (outcome.ExitCode == 0)
            {
                return port;
            }

            var said = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : outcome.Output;
            if (attempt == StartAttempts || !said.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new PostgreSqlException(
                    $"PostgreSQL doesn't start on {options.Directory} (--reset empties it):{Environment.NewLine}{said.Trim()}");
            }
        }
    }

    private static string LogOf(PrivatePostgreSqlOptions options) => Path.Combine(options.Directory, "server.log");

    private static string Settings(PrivatePostgreSqlOptions options, int port)
    {
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections={options.MaxConnections} -c log_checkpoints=off");
        return options.Durable ? settings : settings + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    }
}
