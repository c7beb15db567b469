using System.Net;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class HomePageTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Signed_out_it_says_what_this_is_with_one_button()
    {
        var page = await house.Site.OpenAsync("/");

        page.QuerySelectorAll("a.btn").ShouldHaveSingleItem().TextContent.ShouldContain("Sign in with GitHub");
    }

    [Fact]
    public async Task It_lists_the_repositories_that_the_user_reaches()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");

        var home = await ada.OpenAsync("/");
        var owner = await ada.OpenAsync("/acme");

        home.QuerySelectorAll(".repository-name").ShouldContain(link => link.GetAttribute("href") == $"/{repository.FullName}");
        owner.QuerySelectorAll(".repository-name").ShouldContain(link => link.GetAttribute("href") == $"/{repository.FullName}");
    }

    [Fact]
    public async Task Somebody_without_an_installation_is_led_to_installing_the_App()
    {
        house.World.CreateUser("nora");
        using var nora = await house.SignInAsync("nora");

        var page = await nora.OpenAsync("/");
        using var owner = await nora.GetAsync("/acme", TestContext.Current.CancellationToken);

        page.QuerySelector(".empty a.btn")!.GetAttribute("href")!.ShouldContain($"/{house.GitHub.App.Slug}/installations/new");
        owner.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_visited_last_stands_first()
    {
        var first = house.CreateRepository();
        var second = house.CreateRepository();
        house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{first.FullName}");
        await ada.OpenAsync($"/{second.FullName}/environments");

        var page = await ada.OpenAsync("/");

        page.QuerySelectorAll(".repository-name").Take(2).Select(link => link.TextContent).ShouldBe([second.Name, first.Name]);
    }

    [Fact]
    public async Task Signing_out_forgets_what_was_visited()
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{repository.FullName}");

        using var answer = await ada.PostFormAsync("/_/sign-out");

        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("recent=;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_finds_also_what_is_not_on_the_first_page()
    {
        var many = house.World.CreateUser("many");
        house.World.Install(many);
        for (var number = 0; number < 101; number++)
        {
            house.World.CreateRepository(many, $"app-{number:000}");
        }

        using var visitor = await house.SignInAsync("many");

        var all = await visitor.OpenAsync("/");
        var found = await visitor.OpenAsync("/?find=APP-100");
        var nothing = await visitor.OpenAsync("/?find=%3Cscript%3E");

        all.QuerySelectorAll(".repository-name").Length.ShouldBe(100);
        found.QuerySelectorAll(".repository-name").ShouldHaveSingleItem().TextContent.ShouldBe("app-100");
        nothing.QuerySelector(".empty")!.TextContent.ShouldContain("<script>");
    }
}
