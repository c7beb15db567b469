using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>The Site as a process of its own; disposing ends it.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly Process process;
    private readonly LastWill lastWill;
    private readonly SiteLog log;
    private readonly int port;

    private RunningSite(Process process, SiteLog log, int port, long startedAt)
    {
        this.process = process;
        this.log = log;
        this.port = port;
        StartedAt = startedAt;
        lastWill = LastWill.Write(_ => { }, "kill", "-KILL", IdOf(process));
    }

    public IPEndPoint Endpoint => new(IPAddress.Loopback, port);

    /// <summary>The <see cref="Stopwatch"/> ticks just before the process was started.</summary>
    public long StartedAt { get; }

    public static RunningSite Start(SiteSettings settings)
    {
        if (!File.Exists(settings.Assembly))
        {
            throw new BenchmarkFailedException($"There is no Site at {settings.Assembly}: build it in Release, or name it with --site.");
        }

        var start = new ProcessStartInfo("dotnet", [settings.Assembly])
        {
            WorkingDirectory = Path.GetDirectoryName(settings.Assembly),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        var startedAt = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new BenchmarkFailedException("The Site didn't start.");
        return new RunningSite(process, SiteLog.Of(process), settings.Port, startedAt);
    }

    public async Task ReadyAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http, cancellationToken))
        {
            EnsureAlive();
            if (Stopwatch.GetElapsedTime(StartedAt) > atMost)
            {
                throw new BenchmarkFailedException($"The Site wasn't ready after {atMost.TotalSeconds:0} s.{SiteLog.Tail()}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Throws what the Site logged last if it has ended.</summary>
    public void EnsureAlive()
    {
        if (process.HasExited)
        {
            throw new BenchmarkFailedException($"The Site ended with exit code {process.ExitCode}.{SiteLog.Tail()}");
        }
    }

    public SiteUsage Usage()
    {
        EnsureAlive();
        process.Refresh();
        return new SiteUsage(process.TotalProcessorTime, process.WorkingSet64, process.PeakWorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            UnixCommand.TryRun("kill", "-TERM", IdOf(process));
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        lastWill.Dispose();
        await log.DisposeAsync();
        process.Dispose();
    }

    private static string IdOf(Process process) => process.Id.ToString(CultureInfo.InvariantCulture);

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/_/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
