using System.Diagnostics;
using System.Text.Json;
using Deliverybot.Benchmarks.Pages;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Sandbox.Browser;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Benchmarks.Lighthouse;

/// <summary>The npm package of that name, with the machine's own Chromium or npm's. It is large, and fetched only when it is asked for.</summary>
internal sealed class LighthouseTool
{
    private const int Attempts = 3;

    private readonly string browser;

    private LighthouseTool(string browser) => this.browser = browser;

    private static string Folder { get; } = RepositoryFolder.Of("Deliverybot.Benchmarks", "Lighthouse");

    private static string Script { get; } = Path.Combine(Folder, "score.mjs");

    private static string Command { get; } = Path.Combine(Folder, "node_modules", "lighthouse", "cli", "index.js");

    public static async Task<LighthouseTool> InstallAsync(ConsoleReport console, CancellationToken cancellationToken)
    {
        var packages = Path.Combine(Folder, "node_modules");
        var installed = Path.Combine(packages, ".package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            console.Progress("lighthouse: fetching it from npm, about 270 MB");
            await RunAsync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], cancellationToken);
        }

        try
        {
            return new LighthouseTool(ChromiumProgram.Find(packages));
        }
        catch (BrowserMissingException missing)
        {
            throw new BenchmarkFailedException(missing.Message);
        }
    }

    public static async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        (await RunAsync("node", [Command, "--version"], cancellationToken)).Trim();

    /// <summary>Looks at a page once; the report stays in <c>.data</c> until the next one.</summary>
    public async Task<PageScores> ScoreAsync(SitePage page, Visitor visitor, CancellationToken cancellationToken)
    {
        var wanted = JsonSerializer.Serialize(
            new
            {
                url = visitor.AddressOf(page.Path).AbsoluteUri,
                cookies = visitor.Cookies.Select(cookie => new { name = cookie.Name, value = cookie.Value, domain = cookie.Domain, path = cookie.Path }),
                categories = PageScores.CategoryNames,
                browser,
            });
        var report = await RunPatientlyAsync(wanted, cancellationToken);
        await File.WriteAllTextAsync(RepositoryFolder.Of(".data", $"lighthouse-{page.Name}.json"), report, cancellationToken);
        using var read = JsonDocument.Parse(report);
        return PageScores.Read(page, read.RootElement);
    }

    // Now and then the browser loses the beginning of its own recording; Lighthouse asks to be started again then.
    private static async Task<string> RunPatientlyAsync(string wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            try
            {
                return await RunAsync("node", [Script, wanted], cancellationToken);
            }
            catch (BenchmarkFailedException again) when (again.Message.Contains("Please run Lighthouse again", StringComparison.Ordinal))
            {
                // It is.
            }
        }

        return await RunAsync("node", [Script, wanted], cancellationToken);
    }

    private static async Task<string> RunAsync(string command, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new BenchmarkFailedException($"{command} didn't start.");
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? await said : throw new BenchmarkFailedException($"{command} {arguments[0]} ended with {process.ExitCode}: {await complained}");
    }
}
