using Deliverybot.Benchmarks.Pages;
using Deliverybot.Benchmarks.RememberedGitHub;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;

namespace Deliverybot.Benchmarks.Home;

/// <summary>
/// How long the Site takes for the page of all repositories, where a thousand of them are the reader's, and as many are somebody else's, over
/// a history of all. As when the page is opened, and as when an open page asks what has changed.
/// </summary>
internal sealed class HomeScenario(Workbench bench) : IScenario
{
    private const int Opened = 60;

    /// <summary>Until the runtime has compiled the page as it will stay: it does so beside the first hundred or more, on the same cores.</summary>
    private const int WarmUp = 250;

    private static readonly IReadOnlyList<SitePage> Measured =
    [
        new("opened", "/", TimeSpan.FromMilliseconds(50)),
        new("asked for changes", "/?handler=Changes", TimeSpan.FromMilliseconds(50)),
        new("an account's last page", "/acme?number=10"),
    ];

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var gitHub = await RememberingGitHub.StartAsync(bench.Options.Port + 1, bench.App(), cancellationToken);
        var town = SmallTown.Build(gitHub.Behind, bench.Options.HomeRepositories);
        await using var database = await bench.Server.CreateAsync("home", cancellationToken);
        await using var site = bench.StartSite(gitHub.Url, database, SiteSettings.WebOnly);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        bench.Console.Progress($"home: a history of {bench.Options.HomeDeployments} deployments in {2 * town.Repositories.Count} repositories, half of them the reader's");
        await Fleet.PlantAsync(database, town, bench.Options.HomeDeployments, cancellationToken);

        using var visitor = await Visitor.SignInAsync(site.Endpoint.Port, SmallTown.Visitor, cancellationToken);
        var measured = new List<PageMeasurement>();
        foreach (var page in Measured)
        {
            var found = await PagesScenario.MeasureAsync(page, Opened, WarmUp, visitor, site, cancellationToken);
            bench.Console.Progress($"home: {page.Name}, {Figure.Milliseconds(found.Times.P50).Text} ms");
            measured.Add(found);
        }

        var title = $"home: {town.Repositories.Count} repositories, {bench.Options.HomeDeployments} deployments, one reader";
        return new ScenarioReport(
            new PagesTable(measured, title, "Twice as many repositories have these deployments. GitHub's answers come from memory.").Build(),
            [.. measured.SelectMany(page => page.Faults)]);
    }
}
