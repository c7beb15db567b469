using System.Diagnostics;
using System.Globalization;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>The Site, running as a process of its own whose log goes to a file.</summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private const int LinesRemembered = 60;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly LastWill lastWill;
    private readonly StreamWriter log;
    private readonly Queue<string> lastLines = new();
    private readonly Lock gate = new();

    private SiteProcess(ProcessStartInfo start, string logFile)
    {
        log = new StreamWriter(logFile, append: false) { AutoFlush = true };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        lastWill = LastWill.Write(_ => { }, "kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        Ended = process.WaitForExitAsync();
    }

    /// <summary>Errors go to the console too. (Those that keep it from starting are told by <see cref="WhyItEnded"/>.)</summary>
    public bool TellsErrors { get; set; }

    /// <summary>The operating system's number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Completes when the Site has ended, for whatever reason.</summary>
    public Task Ended { get; }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <param name="settings">As environment variables.</param>
    /// <param name="logFile">Is written anew.</param>
    /// <param name="assembly">Another build than that of this program; null: that one.</param>
    public static SiteProcess Start(IReadOnlyDictionary<string, string> settings, string logFile, string? assembly = null)
    {
        var start = new ProcessStartInfo(SiteBuild.DotNet, ["exec", assembly ?? SiteBuild.Assembly])
        {
            WorkingDirectory = assembly is null ? SiteBuild.ProjectFolder : Path.GetDirectoryName(assembly),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new SiteProcess(start, logFile);
    }

    /// <summary>How it ended, with the last lines of its log.</summary>
    public TryOutException WhyItEnded()
    {
        lock (gate)
        {
            return new TryOutException($"The Site has ended with exit code {process.ExitCode}. The end of its log:{Environment.NewLine}{string.Join(Environment.NewLine, lastLines)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        lastWill.Dispose();
        if (!Ended.IsCompleted)
        {
            await StopAsync();
        }

        process.Dispose();
        lock (gate)
        {
            log.Dispose();
        }
    }

    private async Task StopAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixCommand.TryRun("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
            try
            {
                await Ended.WaitAsync(LongestStop);
                return;
            }
            catch (TimeoutException)
            {
                await Console.Error.WriteLineAsync("The Site didn't stop in time; it is killed.");
            }
        }

        process.Kill(entireProcessTree: true);
        await Ended;
    }

    private void KeepError(string? line)
    {
        if (line is not null && TellsErrors)
        {
            Console.Error.WriteLine($"Site: {line}");
        }

        Keep(line);
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            log.WriteLine(line);
            lastLines.Enqueue(line);
            if (lastLines.Count > LinesRemembered)
            {
                lastLines.Dequeue();
            }
        }
    }
}
