using System.Diagnostics;
using Deliverybot.Benchmarks.FastGitHub;
using Deliverybot.Benchmarks.GitHubEvents;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.Push;

/// <summary>From the push to the deployment: bursts and a steady flow, with a fast GitHub and one that takes 30 ms.</summary>
internal sealed class PushScenario(Workbench bench) : IScenario
{
    private const int PerSecond = 20;
    private static readonly TimeSpan Fast = TimeSpan.Zero;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(30);

    private readonly IReadOnlyList<LoadRepository> repositories = bench.Repositories(DeployRule.EveryBranch);

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var gitHub = await bench.StartGitHubAsync(repositories, cancellationToken);
        await using var database = await bench.Server.CreateAsync("push", cancellationToken);

        bench.Console.Progress("push: first start, on an empty database");
        TimeSpan onEmptyDatabase;
        await using (var first = bench.StartSite(gitHub, database))
        {
            (onEmptyDatabase, _) = await FirstPushAsync(first, gitHub, "first-start", cancellationToken);
            await first.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        }

        bench.Console.Progress("push: second start");
        await using var site = bench.StartSite(gitHub, database);
        var (again, deployment) = await FirstPushAsync(site, gitHub, "second-start", cancellationToken);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        await Task.Delay(Startup.Rest, cancellationToken);
        var startup = new Startup(onEmptyDatabase, again, deployment, site.Usage().Resident);

        var runner = new PushRunner(site, gitHub, repositories, bench.Options.Connections);
        var measured = new List<PushMeasurement>();
        foreach (var run in Runs(bench.Options))
        {
            bench.Console.Progress($"push: {run.Title}");
            measured.Add(await runner.RunAsync(run, cancellationToken));
        }

        string[] faults = [.. measured.SelectMany(each => each.Faults), .. gitHub.Faults];
        return new ScenarioReport(
            new PushTable(measured, startup, bench.Options).Build(),
            faults is [] ? [] : [.. faults, SiteLog.Tail()]);
    }

    private static PushRun[] Runs(BenchmarkOptions options)
    {
        var paced = options.PacedSeconds * PerSecond;
        return
        [
            new($"cold: first {options.WarmUp}, 0 ms", "cold", options.WarmUp, Fast),
            new($"{options.Pushes} at once, 0 ms", "burst-fast", options.Pushes, Fast),
            new($"{options.Pushes} at once, 30 ms", "burst-slow", options.Pushes, Slow),
            new($"{PerSecond}/s, 0 ms", "paced-fast", paced, Fast, PerSecond),
            new($"{PerSecond}/s, 30 ms", "paced-slow", paced, Slow, PerSecond),
        ];
    }

    private async Task<(TimeSpan Acknowledged, TimeSpan Deployed)> FirstPushAsync(
        RunningSite site, FastGitHubServer gitHub, string branch, CancellationToken cancellationToken)
    {
        var push = new BranchPush(repositories[0], branch);
        var acknowledgement = await FirstAcknowledgement.AwaitAsync(site, Workbench.Push(push), Workbench.StartAtMost, cancellationToken);
        await gitHub.Ledger.AllOfAsync([push.Sha], Workbench.StartAtMost, cancellationToken);
        var arrival = gitHub.Ledger.Of(push.Sha);
        return arrival.Times == 1
            ? (Stopwatch.GetElapsedTime(site.StartedAt, acknowledgement.AnsweredAt), Stopwatch.GetElapsedTime(acknowledgement.SentAt, arrival.FirstAt))
            : throw new BenchmarkFailedException($"The first push after a start led to {arrival.Times} deployments.{SiteLog.Tail()}");
    }
}
