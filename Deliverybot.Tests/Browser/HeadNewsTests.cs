using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.Playwright;
using Shouldly;
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
        await using var context = await chromium.NewContextAsync();
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

    [Fact]
    public async Task The_tab_tells_the_same_after_a_push_as_before()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"], "zone", DeploymentState.Failure));
        var next = house.World.Push(repository, "main", house.Ada, "Sell tea");
        await house.WriteAsync(PageRows.Deployment(id, next, "zone", DeploymentState.Inactive));
        await house.WriteAsync([.. Enumerable.Range(1, 8).Select(number => PageRows.Deployment(id, next, $"region-{number}"))]);
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var commits = await context.NewPageAsync();
        await commits.GotoAsync(new Uri(house.SiteUrl, $"/{repository.FullName}").ToString());
        await commits.RunAndWaitForResponseAsync(
            () => commits.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync(),
            answer => answer.Url.Contains("handler=Changes", StringComparison.Ordinal));
        await Expect(commits.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", "/img/favicon-live.svg");
        await Expect(commits.Locator(".placements-more")).ToHaveTextAsync("and 1 more");

        house.World.Push(repository, "main", house.Ada, "Sell coffee");

        await Expect(commits.Locator(".commit-title").First).ToHaveTextAsync("Sell coffee");
        await Expect(commits.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", "/img/favicon-live.svg");
    }

    [Fact]
    public async Task Where_something_waits_the_whole_page_is_asked_for_again_only_once_that_has_changed()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var waiting = PageRows.Deployment(id, repository.Branches["main"], "zone", DeploymentState.Waiting);
        await house.WriteAsync(waiting);
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var commits = await context.NewPageAsync();
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await commits.GotoAsync(new Uri(house.SiteUrl, $"/{repository.FullName}").ToString());
        context.Request += (_, request) => asked.Enqueue(request.Url);
        await commits.RunAndWaitForResponseAsync(
            () => commits.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync(),
            answer => answer.Url.Contains("handler=Changes", StringComparison.Ordinal));

        await commits.RunAndWaitForResponseAsync(
            () => commits.EvaluateAsync("document.querySelectorAll('[data-live]:not(#whole)').forEach((live) => htmx.trigger(live, 'missed'))"),
            answer => answer.Url.Contains("handler=Changes", StringComparison.Ordinal));
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"], "other zone", DeploymentState.Waiting));
        await commits.RunAndWaitForResponseAsync(
            () => commits.EvaluateAsync("document.querySelectorAll('[data-live]:not(#whole)').forEach((live) => htmx.trigger(live, 'missed'))"),
            answer => answer.Url.EndsWith("/branch/main", StringComparison.Ordinal));

        await Expect(commits.Locator(".placements").First).ToContainTextAsync("other zone");
        asked.Count(url => url.EndsWith("/branch/main", StringComparison.Ordinal)).ShouldBe(1);
    }
}
