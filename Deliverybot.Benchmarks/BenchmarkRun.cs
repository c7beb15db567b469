using System.Diagnostics;
using System.Net.Sockets;
using Deliverybot.Benchmarks.Databases;
using Deliverybot.Benchmarks.Home;
using Deliverybot.Benchmarks.Hostile;
using Deliverybot.Benchmarks.IdleEvents;
using Deliverybot.Benchmarks.Ingest;
using Deliverybot.Benchmarks.Lighthouse;
using Deliverybot.Benchmarks.Pages;
using Deliverybot.Benchmarks.Push;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;
using Deliverybot.Sandbox.PostgreSql;

namespace Deliverybot.Benchmarks;

/// <summary>Runs the chosen scenarios one after the other.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, TimeProvider clock)
{
    private readonly ConsoleReport console = new();

    /// <summary>The exit code: 0 only if every scenario ran to its end and the Site did all that it should have.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var keys = new KeyFiles(clock);
            await using var server = await DatabaseServer.StartAsync(cancellationToken);
            console.Progress(await server.DescribeAsync(cancellationToken));
            return await RunAsync(new Workbench(options, server, keys, console, clock), cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            console.Fault($"{broken.Message}{SiteLog.Tail()}");
            return 1;
        }
        catch (Exception failure) when (failure is BenchmarkFailedException or PostgreSqlException)
        {
            console.Fault(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Fault("Stopped.");
            return 130;
        }
    }

    private async Task<int> RunAsync(Workbench bench, CancellationToken cancellationToken)
    {
        var reports = new List<ScenarioReport>();
        foreach (var name in options.Chosen)
        {
            var report = await RunAsync(name, Scenario(name, bench), cancellationToken);
            console.Show(report);
            reports.Add(report);
        }

        if (options.Markdown is not null)
        {
            await File.WriteAllTextAsync(options.Markdown, MarkdownReport.Of(reports), cancellationToken);
        }

        return reports.Any(report => report.Faults.Count > 0) ? 1 : 0;
    }

    private async Task<ScenarioReport> RunAsync(string name, IScenario scenario, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.AtMost);
        try
        {
            return await scenario.RunAsync(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchmarkFailedException($"{name} took longer than {options.AtMost.TotalMinutes:0} minutes.");
        }
    }

    private static IScenario Scenario(string name, Workbench bench) => name switch
    {
        "push" => new PushScenario(bench),
        "idle-events" => new IdleEventsScenario(bench),
        "ingest" => new IngestScenario(bench),
        "pages" => new PagesScenario(bench),
        "home" => new HomeScenario(bench),
        "hostile" => new HostileScenario(bench),
        "lighthouse" => new LighthouseScenario(bench),
        _ => throw new UnreachableException(),
    };
}
