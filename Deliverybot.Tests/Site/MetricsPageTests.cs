using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class MetricsPageTests(House house) : IClassFixture<House>
{
    private static readonly string First = new('a', 40);
    private static readonly string Second = new('b', 40);
    private static readonly string Third = new('c', 40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Today => new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    [Fact]
    public async Task Without_deployments_there_are_no_figures()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository().FullName}/metrics");

        page.QuerySelectorAll(".key-card").Length.ShouldBe(4);
        page.QuerySelector(".empty")!.TextContent.ShouldContain("Nothing has ended in this time");
    }

    [Fact]
    public async Task The_figures_are_those_reckoned_by_hand()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync([.. Seed(id)]);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/metrics?days=7");
        var all = await rita.OpenAsync($"/{repository.FullName}/metrics?days=7&previews=true");

        // Production: a and b succeeded, c failed and a was rolled back to: 2 in 7 days, 1 of 3 failed, 3 h to restore.
        // a took 2 h from its commit; the time of b is unknown. Staging's last success lies before.
        var cards = page.QuerySelectorAll(".key-card").Select(card => card.TextContent).ToList();
        cards[0].ShouldContain("0.29 a day");
        cards[0].ShouldContain("2 in 7 days");
        cards[1].ShouldContain("2 h");
        cards[1].ShouldContain("of 1; 1 left out");
        cards[2].ShouldContain("33.3 %");
        cards[2].ShouldContain("1 of 3");
        cards[3].ShouldContain("3 h");
        page.QuerySelectorAll("#figures-by-day tbody tr").Length.ShouldBe(7);
        page.QuerySelectorAll("table.figures")[0].TextContent.ShouldNotContain("review");
        all.QuerySelectorAll("table.figures")[0].TextContent.ShouldContain("review");
        all.QuerySelector(".key-card")!.TextContent.ShouldContain("3 in 7 days");
    }

    [Fact]
    public async Task One_environment_can_be_looked_at_alone_in_any_case()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync([.. Seed(id)]);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/metrics?days=30&environment=STAGING");

        page.QuerySelectorAll("table.figures")[0].QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("staging");
        page.QuerySelector(".key-card")!.TextContent.ShouldContain("1 in 30 days");
    }

    [Fact]
    public async Task What_was_broken_before_the_time_is_known_from_before()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(
            PageRows.Deployment(id, First, at: Today.AddDays(-60)),
            PageRows.Deployment(id, Second, state: DeploymentState.Failure, at: Today.AddDays(-50)),
            PageRows.Deployment(id, Second, state: DeploymentState.Failure, at: Today.AddDays(-40)),
            PageRows.Deployment(id, Third, at: Today.AddDays(-1)));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/metrics?days=7");

        page.QuerySelectorAll(".key-card")[3].TextContent.ShouldContain("49 d");
    }

    [Fact]
    public async Task The_download_is_safe_to_open_in_a_spreadsheet()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(id, First, "=cmd|'/c calc'!A1, \"x\"", at: Today));
        using var rita = await house.SignInAsync("rita");

        using var answer = await rita.GetAsync($"/{repository.FullName}/metrics?days=7&format=csv", Stop);
        var lines = (await answer.Content.ReadAsStringAsync(Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        lines.Length.ShouldBe(8);
        lines.Skip(1).ShouldAllBe(line => line.StartsWith("\"'=cmd|'/c calc'!A1, \"\"x\"\"\",2", StringComparison.Ordinal));
        lines[^1].ShouldEndWith($"{Today:yyyy-MM-dd}T00:00:00Z,{Today.AddDays(1):yyyy-MM-dd}T00:00:00Z,1,,0,1,1,0,0,,0");
    }

    [Fact]
    public async Task A_push_tells_when_its_commit_was_made()
    {
        var driver = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var sha = driver.Push("Sell tea");

        var row = await driver.SettledAsync(sha);

        row.CommittedAt.ShouldNotBeNull().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
    }

    private static IEnumerable<Deployment> Seed(RepositoryId id)
    {
        var start = Today.AddDays(-3);
        yield return PageRows.Deployment(id, First, at: start, committedAt: start.AddHours(-2));
        yield return PageRows.Deployment(id, Second, at: start.AddHours(5));
        yield return PageRows.Deployment(id, Third, state: DeploymentState.Failure, at: start.AddHours(10), committedAt: start);
        yield return PageRows.Deployment(id, First, act: DeploymentAct.Rollback, at: start.AddHours(13));
        yield return PageRows.Deployment(id, Third, state: DeploymentState.Denied, at: start.AddHours(14));
        yield return PageRows.Deployment(id, Third, "staging", at: Today.AddDays(-20));
        yield return PageRows.Deployment(id, Third, "review", at: start, transient: true);
    }
}
