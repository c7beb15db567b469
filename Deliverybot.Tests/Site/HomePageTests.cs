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
}
