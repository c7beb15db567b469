using System.Diagnostics;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.RememberedGitHub;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>
/// How long the Site takes for a page when its database holds years of history, one reader at a time. GitHub's answers come from
/// memory, so they take no time that matters.
/// </summary>
internal sealed class PagesScenario(Workbench bench) : IScenario
{
    private const int Opened = 100;
    private const int WarmUp = 20;
    private const string InShown = "A tenth of all deployments are in the repository whose pages are opened. GitHub's answers come from memory.";

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var gitHub = await RememberingGitHub.StartAsync(bench.Options.Port + 1, bench.App(), cancellationToken);
        var town = SmallTown.Build(gitHub.Behind, bench.Options.HistoryRepositories);
        await using var database = await bench.Server.CreateAsync("pages", cancellationToken);
        await using var site = bench.StartSite(gitHub.Url, database, SiteSettings.WebOnly);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        bench.Console.Progress($"pages: a history of {bench.Options.Deployments} deployments in {town.Repositories.Count} repositories");
        await SeededHistory.PlantAsync(database, town, bench.Options.Deployments, cancellationToken);

        using var visitor = await Visitor.SignInAsync(site.Endpoint.Port, SmallTown.Visitor, cancellationToken);
        var measured = new List<PageMeasurement>();
        foreach (var page in SitePage.Of($"{town.Owner}/{town.Shown.Name}", town.Commits[0]))
        {
            var found = await MeasureAsync(page, Opened, WarmUp, visitor, site, cancellationToken);
            bench.Console.Progress($"pages: {page.Name}, {Figure.Milliseconds(found.Times.P50).Text} ms");
            measured.Add(found);
        }

        return new ScenarioReport(new PagesTable(measured, $"pages: {bench.Options.Deployments} deployments in {bench.Options.HistoryRepositories} repositories, one reader", InShown).Build(), [.. measured.SelectMany(page => page.Faults)]);
    }

    public static async Task<PageMeasurement> MeasureAsync(
        SitePage page, int openings, int warmUp, Visitor visitor, RunningSite site, CancellationToken cancellationToken)
    {
        for (var time = 0; time < warmUp; time++)
        {
            await visitor.OpenAsync(page.Path, cancellationToken);
        }

        var usage = site.Usage();
        var times = new List<TimeSpan>(openings);
        var opened = new List<OpenedPage>(openings);
        for (var time = 0; time < openings; time++)
        {
            var started = Stopwatch.GetTimestamp();
            opened.Add(await visitor.OpenAsync(page.Path, cancellationToken));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        var faults = opened.Where(each => each.Status != 200).Select(each => $"{page.Name} answered {each.Status}.").Distinct().ToList();
        return new PageMeasurement(page, Percentiles.Of(times), (site.Usage().Processor - usage.Processor) / openings, opened[^1].Bytes, faults);
    }
}
