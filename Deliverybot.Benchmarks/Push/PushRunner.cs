using System.Diagnostics;
using Deliverybot.Benchmarks.FastGitHub;
using Deliverybot.Benchmarks.GitHubEvents;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.Push;

/// <summary>Sends the pushes of a run and waits until each has got its deployment.</summary>
internal sealed class PushRunner(
    RunningSite site, FastGitHubServer gitHub, IReadOnlyList<LoadRepository> repositories, int connections)
{
    private const int Named = 5;
    private static readonly TimeSpan DeployedAtMost = TimeSpan.FromSeconds(60);

    public async Task<PushMeasurement> RunAsync(PushRun run, CancellationToken cancellationToken)
    {
        gitHub.Delay = run.GitHubDelay;
        var pushes = BranchPush.Spread(repositories, run.Pushes, run.BranchPrefix);
        var events = pushes.Select(Workbench.Push).ToArray();
        var callsBefore = gitHub.Calls.Read();
        var usageBefore = site.Usage();
        var ownBefore = Environment.CpuUsage.TotalTime;

        var load = run.PerSecond is { } perSecond
            ? await PacedLoad.RunAsync(site.Endpoint, events, perSecond, cancellationToken)
            : await ClosedLoad.RunAsync(site.Endpoint, events, events.Length, connections, cancellationToken);
        await gitHub.Ledger.AllOfAsync(pushes.Select(push => push.Sha), DeployedAtMost, cancellationToken);
        await gitHub.Calls.QuietAsync(cancellationToken);

        var usage = site.Usage();
        var arrivals = pushes.Select(push => gitHub.Ledger.Of(push.Sha)).ToArray();
        var deployed = arrivals.Where(arrival => arrival.Times > 0).ToArray();
        var lastAt = deployed.Select(arrival => arrival.FirstAt).DefaultIfEmpty(load.FirstSentAt).Max();
        var took = Stopwatch.GetElapsedTime(load.FirstSentAt, lastAt);
        return new PushMeasurement(
            run,
            load,
            Percentiles.Of(load.Acknowledgements.Zip(arrivals)
                .Where(pair => pair.Second.Times > 0)
                .Select(pair => Stopwatch.GetElapsedTime(pair.First.SentAt, pair.Second.FirstAt))),
            took > TimeSpan.Zero ? deployed.Length / took.TotalSeconds : 0,
            gitHub.Calls.Read().Since(callsBefore),
            usage.Processor - usageBefore.Processor,
            Environment.CpuUsage.TotalTime - ownBefore,
            usage.PeakResident,
            [.. load.Faults, .. ExactlyOnce(run, pushes, arrivals)]);
    }

    private static IEnumerable<string> ExactlyOnce(PushRun run, IReadOnlyList<BranchPush> pushes, Arrivals[] arrivals) =>
    [
        .. Wrong(run, pushes.Where((_, index) => arrivals[index].Times == 0), "no deployment"),
        .. Wrong(run, pushes.Where((_, index) => arrivals[index].Times > 1), "more than one deployment"),
    ];

    private static IEnumerable<string> Wrong(PushRun run, IEnumerable<BranchPush> pushes, string what)
    {
        var wrong = pushes.ToArray();
        if (wrong.Length > 0)
        {
            var some = wrong.Take(Named).Select(push => $"{push.Repository.FullName} {push.Branch} ({push.Sha})");
            yield return $"{run.Title}: {wrong.Length} of {run.Pushes} pushes got {what}, among them {string.Join(", ", some)}.";
        }
    }
}
