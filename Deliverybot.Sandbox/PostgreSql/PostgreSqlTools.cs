using System.Diagnostics;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>Runs PostgreSQL's own programs on one folder, as the user they accept.</summary>
internal sealed class PostgreSqlTools(PostgreSqlBinaries binaries, UnprivilegedUser? user, string folder)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private string Cluster => Path.Combine(folder, "cluster");

    public async Task InitialiseAsync(string passwordFile, CancellationToken cancellationToken) =>
        await RequireAsync(
            binaries.InitDb,
            ["-D", Cluster, "-U", PrivatePostgreSql.User, "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C", "--no-sync"],
            cancellationToken);

    public async Task<Outcome> StartAsync(string log, string settings, CancellationToken cancellationToken) =>
        await RunAsync(binaries.PgCtl, ["start", "-D", Cluster, "-l", log, "-o", settings, "-w", "-s"], cancellationToken);

    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken) =>
        (await RunAsync(binaries.PgCtl, ["status", "-D", Cluster], cancellationToken)).ExitCode == 0;

    /// <summary>Ends all sessions and waits until the server has written what it must.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await RequireAsync(binaries.PgCtl, ["stop", "-D", Cluster, "-m", "fast", "-w", "-s"], cancellationToken);

    /// <summary>
    /// A shell that stops the server when this process ends in a way that leaves no time for it: its standard input is
    /// then at its end. It ignores Ctrl+C, which a terminal sends to it as well.
    /// </summary>
    public Process? StartGuard()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var start = Describe(
            "/bin/sh",
            ["-c", "trap '' INT TERM HUP; cat >/dev/null; exec \"$1\" stop -D \"$2\" -m fast -s 2>/dev/null", "guard", binaries.PgCtl, Cluster]);
        start.RedirectStandardInput = true;
        return Process.Start(start);
    }

    private async Task RequireAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(program, arguments, cancellationToken);
        if (outcome.ExitCode != 0)
        {
            throw new PostgreSqlException($"{program} failed:{Environment.NewLine}{outcome.Output}");
        }
    }

    private async Task<Outcome> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Describe(program, arguments))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRun);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, (await output + await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Describe(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["LC_ALL"] = "C";
        if (user is not null && !OperatingSystem.IsMacCatalyst())
        {
            start.UserName = user.Name;
        }

        return start;
    }

    internal sealed record Outcome(int ExitCode, string Output);
}
