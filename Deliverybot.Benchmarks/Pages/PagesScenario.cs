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
            var found = await MeasureAsync(page, visitor, site, cancellationToken);
            bench.Console.Progress($"pages: {page.Name}, {Figure.Milliseconds(found.Times.P50).Text} ms");
            measured.Add(found);
        }

        return new ScenarioReport(new PagesTable(measured, bench.Options).Build(), [.. measured.SelectMany(page => page.Faults)]);
    }

    private static async Task<PageMeasurement> MeasureAsync(SitePage page, Visitor visitor, RunningSite site, CancellationToken cancellationToken)
    {
        for (var time = 0; time < WarmUp; time++)
        {
            await visitor.OpenAsync(page.Path, cancellationToken);
        }

        var usage = site.Usage();
        var times = new List<TimeSpan>(Opened);
        var opened = new List<OpenedPage>(Opened);
        for (var time = 0; time < Opened; time++)
        {
            var started = Stopwatch.GetTimestamp();
            opened.Add(await visitor.OpenAsync(page.Path, cancellationToken));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        var faults = opened.Where(each => each.Status != 200).Select(each => $"{page.Name} answered {each.Status}.").Distinct().ToList();
        return new PageMeasurement(page, Percentiles.Of(times), (site.Usage().Processor - usage.Processor) / Opened, opened[^1].Bytes, faults);
    }
}
