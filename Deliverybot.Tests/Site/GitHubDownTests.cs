using System.Net;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class GitHubDownTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("environments?a=b")]
    [InlineData("branch/fix%231%20of%2050%25")]
    public async Task A_page_says_so_when_GitHub_does_not_answer(string asked)
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        house.GitHub.Faults.Add(new FaultRule { ErrorShare = 1 });

        using var answer = await ada.GetAsync($"/{repository.FullName}/{asked}", TestContext.Current.CancellationToken);

        house.GitHub.Faults.Clear();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var page = await answer.ReadPageAsync();
        page.QuerySelector("main")!.TextContent.ShouldContain("GitHub can’t be used now");
        page.QuerySelector("main a")!.GetAttribute("href").ShouldBe($"/{repository.FullName}/{asked}");
    }

    [Fact]
    public async Task What_we_know_ourselves_can_be_read_just_then_by_whoever_could_see_it_lately()
    {
        var shop = new RepositoryDriver(house, "production: { environment: production, auto_deploy_on: refs/heads/main }\n");
        var tea = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("production", tea, "success");
        var row = await shop.RowAsync(tea);
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        var at = $"/{shop.Repository.FullName}";
        await ada.OpenAsync($"{at}/environments");
        await ada.OpenAsync("/");
        string[] pages = [at, $"{at}/environments", $"{at}/metrics", $"{at}/deployments", $"{at}/deployments/{row.Id}", $"{at}/commit/{tea}", $"{at}/activity", "/"];
        house.GitHub.Faults.Add(new FaultRule { ErrorShare = 1 });

        var shown = new List<(string Page, HttpStatusCode Status, string Text)>();
        foreach (var page in pages)
        {
            using var answer = await ada.GetAsync(page, TestContext.Current.CancellationToken);
            shown.Add((page, answer.StatusCode, (await answer.ReadPageAsync()).QuerySelector("main")!.TextContent));
        }

        using var others = await rita.GetAsync($"{at}/environments", TestContext.Current.CancellationToken);
        using var act = await ada.PostFormAsync($"{at}/lock", ("environment", "production"));
        house.GitHub.Faults.Clear();
        foreach (var (page, status, text) in shown)
        {
            status.ShouldBe(HttpStatusCode.OK, page);
            // Metrics and activity are our own altogether, while it is known who may see them.
            if (page != $"{at}/metrics" && page != $"{at}/activity")
            {
                text.ShouldContain("GitHub doesn’t answer.", customMessage: page);
            }
        }

        shown[0].Text.ShouldContain($"Commit {tea[..7]}");
        shown[0].Text.ShouldContain("production live");
        shown[1].Text.ShouldContain(tea[..7]);
        others.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        act.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ada.OpenAsync($"{at}/environments")).QuerySelector("#github-silence")!.HasAttribute("hidden").ShouldBeTrue();
    }

    [Fact]
    public async Task The_self_test_can_be_read_just_then_and_nobody_else_may()
    {
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        house.GitHub.Faults.Add(new FaultRule { ErrorShare = 1 });

        using var answer = await ada.GetAsync("/_/set-up/check", TestContext.Current.CancellationToken);
        using var others = await rita.GetAsync("/_/set-up/check", TestContext.Current.CancellationToken);
        using var dashboard = await ada.GetAsync("/_/jobs", TestContext.Current.CancellationToken);

        house.GitHub.Faults.Clear();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.ReadPageAsync();
        page.QuerySelectorAll("li[data-verdict=Bad]").ShouldNotBeEmpty();
        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        dashboard.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        house.Log.Where(line => line.Contains("An unhandled exception", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
