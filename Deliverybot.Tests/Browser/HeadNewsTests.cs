using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

public sealed class HeadNewsTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_push_that_deploys_nothing_shows_on_the_board_and_among_the_commits()
    {
        var repository = house.CreateRepository();
        await house.WriteAsync(PageRows.Deployment(await house.KnownAsync(repository), repository.Branches["main"]));
        await using var context = await chromium.Browser.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var board = await context.NewPageAsync();
        await board.GotoAsync(new Uri(house.SiteUrl, $"/{repository.FullName}/environments").ToString());
        await board.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await Expect(board.Locator(".distance")).ToHaveTextAsync("up to date with main");
        var commits = await context.NewPageAsync();
        await commits.RunAndWaitForResponseAsync(
            () => commits.GotoAsync(new Uri(house.SiteUrl, $"/{repository.FullName}").ToString()),
            answer => answer.Url.Contains("handler=Changes", StringComparison.Ordinal));
        await Expect(commits.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", "/img/favicon-live.svg");

        house.World.Push(repository, "main", house.Ada, "Sell tea");

        await Expect(board.Locator(".distance")).ToHaveTextAsync("1 behind main");
        await Expect(commits.Locator(".commit-title").First).ToHaveTextAsync("Sell tea");
    }
}
