using System.Diagnostics;
using Deliverybot.Benchmarks.FastGitHub;
using Deliverybot.Benchmarks.GitHubEvents;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.IdleEvents;

/// <summary>
/// Statuses and check runs of commits that nothing waits for, while each repository has a wish that waits for another
/// commit. At the end one of these is woken, so that a Site which merely drops all such events fails.
/// </summary>
internal sealed class IdleEventsScenario(Workbench bench) : IScenario
{
    private const int Commits = 256;
    private static readonly TimeSpan WokenAtMost = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<LoadRepository> repositories = bench.Repositories(DeployRule.OnceChecksPass);

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var gitHub = await bench.StartGitHubAsync(repositories, cancellationToken);
        await using var database = await bench.Server.CreateAsync("idle_events", cancellationToken);
        await using var site = bench.StartSite(gitHub, database);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);

        bench.Console.Progress("idle-events: a wish that waits in each repository");
        var waiting = BranchPush.Spread(repositories, repositories.Count, "waiting");
        await ClosedLoad.RunAsync(site.Endpoint, [.. waiting.Select(Workbench.Push)], waiting.Count, 1, cancellationToken);
        await AllRefusedAsync(gitHub, waiting.Count, cancellationToken);

        var commits = BranchPush.Spread(repositories, Commits, "idle");
        SignedEvent[] statuses = [.. commits.Select(commit => Status(commit))];
        SignedEvent[] mixed = [.. commits.SelectMany(commit => new[] { Status(commit), Check(commit) })];
        bench.Console.Progress("idle-events: warm-up");
        var warmUp = await ClosedLoad.RunAsync(site.Endpoint, mixed, bench.Options.Events / 4, bench.Options.Connections, cancellationToken);
        IdleMeasurement[] measured =
        [
            await MeasureAsync("status", statuses, site, gitHub, cancellationToken),
            await MeasureAsync("status and check_run in turn", mixed, site, gitHub, cancellationToken),
        ];

        return new ScenarioReport(
            new IdleEventsTable(measured, bench.Options).Build(),
            [
                .. warmUp.Faults,
                .. measured.SelectMany(each => each.Load.Faults),
                .. await WakeAsync(waiting[0], site, gitHub, cancellationToken),
                .. gitHub.Faults,
            ]);
    }

    private async Task<IdleMeasurement> MeasureAsync(
        string title, IReadOnlyList<SignedEvent> events, RunningSite site, FastGitHubServer gitHub, CancellationToken cancellationToken)
    {
        bench.Console.Progress($"idle-events: {title}");
        var callsBefore = gitHub.Calls.Read();
        var usageBefore = site.Usage();
        var ownBefore = Environment.CpuUsage.TotalTime;
        var load = await ClosedLoad.RunAsync(site.Endpoint, events, bench.Options.Events, bench.Options.Connections, cancellationToken);
        var processor = site.Usage().Processor - usageBefore.Processor;
        var own = Environment.CpuUsage.TotalTime - ownBefore;
        await gitHub.Calls.QuietAsync(cancellationToken);
        return new IdleMeasurement(title, load, gitHub.Calls.Read().Since(callsBefore).Total, processor, own);
    }

    private static async Task AllRefusedAsync(FastGitHubServer gitHub, int count, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (gitHub.Ledger.Refused < count)
        {
            if (Stopwatch.GetElapsedTime(since) > Workbench.StartAtMost)
            {
                throw new BenchmarkFailedException(
                    $"{gitHub.Ledger.Refused} instead of {count} deployments were asked for and refused.{SiteLog.Tail()}");
            }

            await Task.Delay(50, cancellationToken);
        }

        await gitHub.Calls.QuietAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> WakeAsync(
        BranchPush waiting, RunningSite site, FastGitHubServer gitHub, CancellationToken cancellationToken)
    {
        gitHub.Ledger.TurnGreen(waiting.Sha);
        await ClosedLoad.RunAsync(site.Endpoint, [Status(waiting)], 1, 1, cancellationToken);
        await gitHub.Ledger.AllOfAsync([waiting.Sha], WokenAtMost, cancellationToken);
        return gitHub.Ledger.Of(waiting.Sha).Times == 1 ? [] : ["The status that a wish was waiting for didn't lead to its deployment."];
    }

    private static SignedEvent Status(BranchPush commit) =>
        Workbench.Sign("status", StatusPayload.Of(commit, LoadRepository.RequiredContext));

    private static SignedEvent Check(BranchPush commit) =>
        Workbench.Sign("check_run", CheckRunPayload.Of(commit, LoadRepository.RequiredContext));
}
