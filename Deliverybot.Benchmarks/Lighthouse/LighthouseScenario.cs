using Deliverybot.Benchmarks.Pages;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;
using Deliverybot.Sandbox;

namespace Deliverybot.Benchmarks.Lighthouse;

/// <summary>How Lighthouse scores the pages that are open all day, for somebody who is signed in and looks at a repository with a history.</summary>
internal sealed class LighthouseScenario(Workbench bench) : IScenario
{
    private const int Repositories = 50;
    private const int Deployments = 40_000;
    private const int Runs = 3;

    private static readonly string[] Scored = ["home", "branch", "environments", "metrics"];

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        var tool = await LighthouseTool.InstallAsync(bench.Console, cancellationToken);
        var published = bench with { Options = bench.Options with { Site = await PublishedProgram.MakeAsync(cancellationToken) } };
        await using var gitHub = await SandboxServer.StartAsync(
            new SandboxServerOptions { Port = bench.Options.Port + 1, App = bench.App(), RateLimit = 1_000_000 }, cancellationToken);
        var town = SmallTown.Build(gitHub, Repositories);
        await using var database = await bench.Server.CreateAsync("lighthouse", cancellationToken);
        await using var site = published.StartSite(gitHub.Url, database, SiteSettings.WebOnly);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        await SeededHistory.PlantAsync(database, town, Deployments, cancellationToken);

        using var visitor = await Visitor.SignInAsync(site.Endpoint.Port, SmallTown.Visitor, cancellationToken);
        var scores = new List<PageScores>();
        foreach (var page in SitePage.Of($"{town.Owner}/{town.Shown.Name}", town.Commits[0]).Where(page => Scored.Contains(page.Name)))
        {
            scores.Add(await ScoreAsync(tool, page, visitor, cancellationToken));
        }

        return new ScenarioReport(LighthouseTable.Of(scores, await LighthouseTool.VersionAsync(cancellationToken), Runs), [.. scores.SelectMany(LighthouseTable.Faults)]);
    }

    private async Task<PageScores> ScoreAsync(LighthouseTool tool, SitePage page, Visitor visitor, CancellationToken cancellationToken)
    {
        // What is compiled and read for the first time isn't the page's.
        await visitor.OpenAsync(page.Path, cancellationToken);
        var runs = new List<PageScores>();
        for (var run = 0; run < Runs; run++)
        {
            runs.Add(await tool.ScoreAsync(page, visitor, cancellationToken));
        }

        var middle = PageScores.Middle(runs);
        bench.Console.Progress($"lighthouse: {page.Name}, {string.Join(", ", middle.Categories.Select(category => $"{category.Key} {category.Value}"))}");
        return middle;
    }
}
