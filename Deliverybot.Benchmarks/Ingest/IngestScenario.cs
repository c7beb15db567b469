using System.Diagnostics;
using Deliverybot.Benchmarks.Databases;
using Deliverybot.Benchmarks.GitHubEvents;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.Ingest;

/// <summary>
/// Events that must be stored before they are acknowledged: pushes to branches that no target names. Whether a push matters
/// is known only once deploy.yml was read, so it can't be left out, and it costs little afterwards.
/// </summary>
internal sealed class IngestScenario(Workbench bench) : IScenario
{
    private const int Branches = 512;
    private const int FewConnections = 16;
    private const int ManyConnections = 64;
    private static readonly TimeSpan CountedAtMost = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<LoadRepository> repositories = bench.Repositories(DeployRule.NoBranch);
    private readonly List<string> faults = [];

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        var pushes = BranchPush.Spread(repositories, Branches, "ingest");
        SignedEvent[] events = [.. pushes.Select(Workbench.PushEachTime)];
        var body = PushPayload.Of(pushes[0]);
        IngestMeasurement[] measured =
        [
            .. await MeasureAsync(events, SiteSettings.WebOnly, [FewConnections, ManyConnections], cancellationToken),
            .. await MeasureAsync(events, SiteSettings.AllRoles, [FewConnections], cancellationToken),
            await YardstickAsync(body, cancellationToken),
        ];
        var postgreSql = await bench.Server.DescribeAsync(cancellationToken);
        return new ScenarioReport(new IngestTable(measured, bench.Options, body.Length, postgreSql).Build(), faults);
    }

    private async Task<IReadOnlyList<IngestMeasurement>> MeasureAsync(
        IReadOnlyList<SignedEvent> events, string roles, IReadOnlyList<int> connections, CancellationToken cancellationToken)
    {
        await using var gitHub = await bench.StartGitHubAsync(repositories, cancellationToken);
        await using var database = await bench.Server.CreateAsync("ingest", cancellationToken);
        await using var site = bench.StartSite(gitHub, database, roles);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        bench.Console.Progress($"ingest: roles {roles}, warm-up");
        var warmUp = await ClosedLoad.RunAsync(site.Endpoint, events, bench.Options.Events / 4, FewConnections, cancellationToken);
        faults.AddRange(warmUp.Faults);
        long acknowledged = warmUp.Acknowledgements.Count;

        var measured = new List<IngestMeasurement>();
        foreach (var count in connections)
        {
            bench.Console.Progress($"ingest: roles {roles}, {count} connections");
            var before = site.Usage().Processor;
            var load = await ClosedLoad.RunAsync(site.Endpoint, events, bench.Options.Events, count, cancellationToken);
            measured.Add(new IngestMeasurement(
                $"roles {roles}, {count} connections", load, count == FewConnections, site.Usage().Processor - before));
            faults.AddRange(load.Faults);
            acknowledged += load.Acknowledgements.Count;
        }

        await EnsureStoredAsync(database, acknowledged, cancellationToken);
        faults.AddRange(gitHub.Faults);
        return measured;
    }

    // PostgreSQL's own count of rows, so that this knows nothing of the Site's tables; it lags behind by a second or so.
    private async Task EnsureStoredAsync(BenchmarkDatabase database, long acknowledged, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        long stored;
        while ((stored = await database.InsertedRowsAsync(cancellationToken)) < acknowledged)
        {
            if (Stopwatch.GetElapsedTime(since) > CountedAtMost)
            {
                faults.Add($"{acknowledged} events were acknowledged, but PostgreSQL counts {stored} rows.");
                return;
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    private async Task<IngestMeasurement> YardstickAsync(byte[] body, CancellationToken cancellationToken)
    {
        bench.Console.Progress("ingest: PostgreSQL alone");
        await using var database = await bench.Server.CreateAsync("yardstick", cancellationToken);
        return new IngestMeasurement(
            $"PostgreSQL alone, {FewConnections} connections",
            await SingleRowCommits.RunAsync(database.ConnectionString, body, bench.Options.Events, FewConnections, cancellationToken));
    }
}
