using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Where nothing will ever be deployed, each page says so at its top, and how to change that.</summary>
public sealed class NothingFollowsTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("")]
    [InlineData("/environments")]
    [InlineData("/deployments")]
    [InlineData("/config")]
    [InlineData("/metrics")]
    [InlineData("/activity")]
    [InlineData("/commit/{sha}")]
    public async Task A_repository_without_the_App_says_so_and_leads_to_where_it_is_installed(string page)
    {
        var zoe = house.World.FindAccount("zoe") ?? house.World.CreateUser("zoe");
        var garden = house.World.CreateRepository(
            zoe, $"garden{page.Split('/')[^1].Trim('{', '}')}", new Dictionary<string, string> { [".github/deploy.yml"] = "production:\n  auto_deploy_on: refs/heads/main\n" });
        house.World.SetPermission(house.Ada, garden, RepositoryPermission.Write);
        using var ada = await house.SignInAsync("ada");

        var shown = await ada.OpenAsync($"/{garden.FullName}{page.Replace("{sha}", garden.Branches["main"], StringComparison.Ordinal)}");

        var note = shown.QuerySelector("main #app-note").ShouldNotBeNull();
        note.TextContent.ShouldContain("Deliverybot isn’t installed on this repository");
        note.QuerySelector("a")!.GetAttribute("href")!.ShouldEndWith("/installations/new");
        shown.QuerySelector("main > :not([hidden])")!.Id.ShouldBe("app-note");
        shown.QuerySelectorAll("p").ShouldNotContain(text => text.TextContent.StartsWith("Push to a branch that a target follows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", ".commit-act button")]
    [InlineData("/environments", ".acts button")]
    public async Task Where_the_App_is_kept_out_the_buttons_are_grey_and_name_the_note_that_says_why(string page, string buttons)
    {
        var yara = house.World.FindAccount("yara") ?? house.World.CreateUser("yara");
        var garden = house.World.CreateRepository(
            yara, $"orchard{buttons[1]}", new Dictionary<string, string> { [".github/deploy.yml"] = "production:\n  auto_deploy_on: refs/heads/main\n" });
        house.World.SetPermission(house.Ada, garden, RepositoryPermission.Write);
        using var ada = await house.SignInAsync("ada");

        var shown = await ada.OpenAsync($"/{garden.FullName}{page}");

        var grey = shown.QuerySelectorAll(buttons);
        grey.ShouldNotBeEmpty();
        grey.ShouldAllBe(button => button.HasAttribute("disabled") && button.GetAttribute("aria-describedby") == "app-note");
        shown.QuerySelector("main form[method=post]").ShouldBeNull();
    }

    [Fact]
    public async Task A_repository_with_the_App_says_nothing_of_it_before_and_after_it_is_known()
    {
        var repository = house.CreateRepository("production: {}\n");
        using var ada = await house.SignInAsync("ada");

        (await ada.OpenAsync($"/{repository.FullName}/environments")).QuerySelector("#app-note").ShouldBeNull();
        var id = await house.KnownAsync(repository);
        (await ada.OpenAsync($"/{repository.FullName}/environments")).QuerySelector("#app-note").ShouldBeNull();

        id.Value.ShouldBe(repository.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/environments")]
    [InlineData("/deployments")]
    [InlineData("/commit/{sha}")]
    public async Task One_without_a_file_says_so_and_leads_to_where_one_is_proposed(string page)
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");

        var shown = await ada.OpenAsync($"/{repository.FullName}{page.Replace("{sha}", repository.Branches["main"], StringComparison.Ordinal)}");

        var note = shown.QuerySelector("#deploy-note").ShouldNotBeNull();
        note.TextContent.ShouldContain("Nothing is deployed from here.");
        note.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/{repository.FullName}/config");
        shown.QuerySelectorAll("p").ShouldNotContain(text => text.TextContent.StartsWith("Push to a branch that a target follows", StringComparison.Ordinal));
    }
}
