using System.Diagnostics;
using Deliverybot.Sandbox.Processes;

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

    /// <summary>Ends it as a crash does: nothing is finished or written.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken) =>
        await RequireAsync(binaries.PgCtl, ["stop", "-D", Cluster, "-m", "immediate", "-w", "-s"], cancellationToken);

    public LastWill StopWhenAbandoned() =>
        LastWill.Write(Prepare, binaries.PgCtl, "stop", "-D", Cluster, "-m", "fast", "-s");

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
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Prepare(start);
        using var process = Process.Start(start)!;
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

    private void Prepare(ProcessStartInfo start)
    {
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["LC_ALL"] = "C";
        start.WorkingDirectory = folder;
        if (user is not null)
        {
            start.UserName = user.Name;
        }
    }

    internal sealed record Outcome(int ExitCode, string Output);
}
