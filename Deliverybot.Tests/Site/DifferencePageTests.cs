using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>What a promotion would bring, and what a rollback would take, is a page.</summary>
public sealed class DifferencePageTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          after: [staging]
          auto_deploy_on: refs/heads/never
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        """;

    [Fact]
    public async Task It_shows_what_one_environment_would_bring_to_another_and_the_other_way_round()
    {
        var acts = await ShopAsync();
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{acts.Name}/difference?environment=production&with=staging");

        page.QuerySelector("h1")!.TextContent.ShouldBe("What staging would bring to production");
        page.QuerySelector("#difference")!.TextContent.ShouldStartWith("2 commits would come.");
        page.QuerySelectorAll("section[aria-labelledby=come] li a").Select(line => line.TextContent).ShouldBe(["Sell coffee", "Sell cocoa"]);
        page.QuerySelectorAll("#environment option").Select(option => option.TextContent).ShouldBe(["staging", "production"], "as the pipeline goes");
        var round = await rita.OpenAsync(page.QuerySelector(".page-head .end a")!.GetAttribute("href")!);
        round.QuerySelector("#difference")!.TextContent.ShouldStartWith("Nothing new would come: 2 commits would leave.");
        round.QuerySelectorAll("section[aria-labelledby=leave] li").Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_an_environment_lacks_leads_there_from_board_and_home()
    {
        var acts = await ShopAsync();
        using var rita = await house.SignInAsync("rita");

        var row = (await rita.OpenAsync($"/{acts.Name}/environments")).QuerySelectorAll(".environment").Single(one => one.QuerySelector("h2")!.TextContent == "production");
        var place = (await rita.OpenAsync("/")).QuerySelectorAll($"#repository-{acts.Shop.Repository.Id} .place").Single(one => one.QuerySelector("bdi")!.TextContent == "production");

        var behind = row.QuerySelector("a.distance")!;
        behind.TextContent.ShouldBe("2 behind main");
        (await rita.OpenAsync(behind.GetAttribute("href")!)).QuerySelectorAll("section[aria-labelledby=come] li").Length.ShouldBe(2);
        row.QuerySelector(".environment-head a[href*='/difference?']")!.GetAttribute("href").ShouldBe($"/{acts.Name}/difference?environment=production&with=staging");
        place.QuerySelector("a.place-behind")!.GetAttribute("href").ShouldBe($"/{acts.Name}/difference?environment=production&with=staging");
    }

    [Theory]
    [InlineData("", "Choose the environment that would change.")]
    [InlineData("?environment=nowhere", "Nothing is live in nowhere")]
    [InlineData("?environment=production&with=nowhere", "Nothing is live in nowhere")]
    [InlineData("?environment=production&with=production", "Nothing: production runs the same commit.")]
    [InlineData("?environment=production&ref=nowhere", "GitHub can’t compare them")]
    [InlineData("?environment=production&sha=0000000000000000000000000000000000000000", "GitHub can’t compare them")]
    [InlineData("?environment=production", "2 commits would come.")]
    [InlineData("?environment=production&ref=main&sha=odd%00", "2 commits would come.")]
    public async Task Whatever_is_asked_has_an_answer(string query, string sentence)
    {
        var acts = await ShopAsync();
        using var rita = await house.SignInAsync("rita");

        (await rita.OpenAsync($"/{acts.Name}/difference{query}")).QuerySelector("#difference")!.TextContent.ShouldStartWith(sentence);
    }

    [Fact]
    public async Task Where_GitHub_does_not_answer_it_says_so()
    {
        var acts = await ShopAsync();
        using var rita = await house.SignInAsync("rita");
        await rita.OpenAsync($"/{acts.Name}/difference");
        house.GitHub.Faults.Add(new FaultRule { Address = "/compare/", ErrorShare = 1 });
        try
        {
            (await rita.OpenAsync($"/{acts.Name}/difference?environment=production")).QuerySelector("#difference")!.TextContent
                .ShouldStartWith("The commits can’t be shown now.");
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    /// <summary>Production runs the first of three commits, staging the last.</summary>
    private async Task<ActDriver> ShopAsync()
    {
        var acts = new ActDriver(house, DeployFile);
        var tea = await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        using var deployed = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", tea));
        await acts.SucceedAsync(tea);
        await acts.GoLiveAsync("Sell coffee");
        await acts.GoLiveAsync("Sell cocoa");
        return acts;
    }
}
