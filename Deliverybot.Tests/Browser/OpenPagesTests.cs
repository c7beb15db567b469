using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

/// <summary>Pages that stay open tell how things stand now.</summary>
public sealed class OpenPagesTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main";

    /// <summary>More than the connections that a browser has to a host.</summary>
    private const int Tabs = 4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_number_of_tabs_is_open_and_each_tells_of_what_goes_on(bool isShared)
    {
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        if (!isShared)
        {
            // A browser without shared workers, in which but one tab is looked at.
            await context.AddInitScriptAsync(
                "delete window.SharedWorker; let hidden = false; Object.defineProperty(document, 'hidden', { get: () => hidden });"
                + "window.hide = (now) => { hidden = now; document.dispatchEvent(new Event('visibilitychange')); };");
        }

        var shop = new ActDriver(house, DeployFile);
        await shop.GoLiveAsync("Sell tea");
        var others = Enumerable.Range(0, Tabs).Select(_ => house.CreateRepository(DeployFile).FullName).ToList();
        await (await OpenAsync(context, $"/{shop.Name}")).CloseAsync();
        var pages = new List<IPage>();
        foreach (var name in others.Concat(Enumerable.Repeat(shop.Name.ToString(), Tabs)))
        {
            var page = await context.NewPageAsync();
            await GoAsync(page, $"/{name}/environments");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Environments", Exact = true })).ToBeVisibleAsync();
            if (!isShared)
            {
                await page.EvaluateAsync("window.hide(true)");
            }

            pages.Add(page);
        }

        shop.Shop.Push("Sell coffee");

        foreach (var page in pages.TakeLast(Tabs))
        {
            if (!isShared)
            {
                await page.EvaluateAsync("window.hide(false)");
            }

            await Expect(page.Locator("li.environment .way")).ToContainTextAsync("Sell coffee");
        }
    }

    [Fact]
    public async Task A_deployments_page_says_that_something_newer_took_its_place()
    {
        var shop = new ActDriver(house, DeployFile);
        var tea = await shop.GoLiveAsync("Sell tea");
        var id = (await shop.Shop.RowAsync(tea)).Id;
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{shop.Name}/deployments/{id}");
        var badge = page.Locator("#story .page-head > .badge-state");
        await Expect(badge).ToHaveTextAsync("live");

        await shop.GoLiveAsync("Sell coffee");

        await Expect(badge).ToHaveTextAsync("previous");
        await Expect(page.Locator("#story").GetByRole(AriaRole.Button, new() { Name = "Roll back to this" })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("previous"));
    }

    [Fact]
    public async Task The_list_of_deployments_takes_in_what_waits_though_the_branch_moves_on_in_the_same_moment()
    {
        var shop = new ActDriver(house, DeployFile);
        await shop.GoLiveAsync("Sell tea");
        await shop.ActAsync<EnvironmentLocks>(
            ActDriver.Ada, (act, by) => act.LockAsync(by, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await GoAsync(page, $"/{shop.Name}/deployments");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await Expect(page.Locator("#lines .line")).ToHaveCountAsync(1);

        foreach (var number in Enumerable.Range(1, 5))
        {
            shop.Shop.Push($"Sell coffee {number}");
            await Expect(page.Locator("#lines .line").First).ToContainTextAsync($"Sell coffee {number}");
        }
    }

    [Fact]
    public async Task What_a_forced_push_took_from_the_branch_is_no_longer_listed()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var tea = shop.Push("Sell tea");
        await shop.SettleAsync();
        shop.Push("Sell coffee");
        await shop.SettleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{shop.Repository.FullName}");
        var titles = page.Locator("#commits .commit-title");
        await Expect(titles.First).ToHaveTextAsync("Sell coffee");

        shop.World.SetBranch(shop.Repository, "main", tea, house.Ada);

        await Expect(titles.First).ToHaveTextAsync("Sell tea");
        shop.Push("Sell milk");
        await Expect(titles.First).ToHaveTextAsync("Sell milk");
        await Expect(titles.Nth(1)).ToHaveTextAsync("Sell tea");
        await Expect(page.GetByText("Sell coffee")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await GoAsync(page, path);
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync(),
            answer => answer.Url.Contains("handler=Changes", StringComparison.Ordinal));
        return page;
    }

    private Task<IResponse?> GoAsync(IPage page, string path) => page.GotoAsync(new Uri(house.SiteUrl, path).ToString());
}
