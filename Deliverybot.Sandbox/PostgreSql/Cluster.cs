using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>The data of a private PostgreSQL, and the password that opens it.</summary>
internal sealed class Cluster(string folder)
{
    private string Files => Path.Combine(folder, "cluster");

    private string PasswordFile => Path.Combine(folder, "password");

    /// <summary>Leaves the folder ready for a start, and answers the password.</summary>
    public async Task<string> PrepareAsync(PostgreSqlTools tools, UnprivilegedUser? user, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(Files, "PG_VERSION")) && File.Exists(PasswordFile))
        {
            user?.Own(folder);
            await StopLeftoverAsync(tools, cancellationToken);
            return await File.ReadAllTextAsync(PasswordFile, cancellationToken);
        }

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        if (Directory.Exists(Files))
        {
            Directory.Delete(Files, recursive: true);
        }

        await File.WriteAllTextAsync(PasswordFile, password, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        user?.Own(folder);
        await tools.InitialiseAsync(PasswordFile, cancellationToken);
        return password;
    }

    // We hold the folder's claim, so a server that still runs on it has lost its owner.
    private async Task StopLeftoverAsync(PostgreSqlTools tools, CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(Files, "postmaster.pid");
        if (!File.Exists(pidFile))
        {
            return;
        }

        if (IsPostgreSql(File.ReadLines(pidFile).FirstOrDefault()) && await tools.IsRunningAsync(cancellationToken))
        {
            await tools.StopAsync(cancellationToken);
        }

        File.Delete(pidFile);
    }

    private static bool IsPostgreSql(string? id)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(id ?? "0", CultureInfo.InvariantCulture));
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
