using System.Net;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
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
