using System.Diagnostics;
using System.Globalization;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

/// <summary>The try-out as a newcomer starts it, on ports and in a folder of its own.</summary>
public sealed class TryOutProcess : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deliverybot-tryout-{Guid.NewGuid():N}");
    private Process? process;
    private Task<string> errors = Task.FromResult("");

    public Uri Site { get; } = new($"http://localhost:{FreePorts.Next()}");

    public Uri StandIn { get; } = new($"http://localhost:{FreePorts.Next()}");

    /// <summary>What it has printed once it was ready.</summary>
    public string Said { get; private set; } = "";

    /// <summary>What PostgreSQL writes while it runs.</summary>
    public string PostmasterFile => Path.Combine(folder, "postgres", "cluster", "postmaster.pid");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task StartAsync()
    {
        process = Start("--no-build", "--data", folder, "--site-port", $"{Site.Port}", "--port", $"{StandIn.Port}");
        errors = process.StandardError.ReadToEndAsync(Stop);
        var said = await ReadUntilToldAsync(process.StandardOutput);
        Said = said;
        said.ShouldContain("Ready", customMessage: $"It said:{Environment.NewLine}{said}{Environment.NewLine}{(process.HasExited ? await errors : "")}");
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        UnixCommand.Run("kill", "-INT", process!.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // As where whoever started the tests ignores interrupts: that is inherited.
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("An interrupt didn't end the try-out within a minute.");
        }

        process.ExitCode.ShouldBe(0, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await InterruptAsync();
        }

        process?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", SandboxAssembly(), .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Deliverybot");
        return Process.Start(start)!;
    }

    // Our own folder is …/Deliverybot.Tests/bin/{configuration}/{framework}/.
    private static string SandboxAssembly()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return RepositoryFolder.Of("Deliverybot.Sandbox", "bin", framework.Parent!.Name, framework.Name, "Deliverybot.Sandbox.dll");
    }

    private static async Task<string> ReadUntilToldAsync(StreamReader output)
    {
        List<string> lines = [];
        while (await output.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                break;
            }
        }

        return string.Join(Environment.NewLine, lines);
    }
}
