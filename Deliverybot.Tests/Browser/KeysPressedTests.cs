using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

public sealed class KeysPressedTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        """;

    [Fact]
    public async Task Rows_are_walked_and_their_forms_opened_by_keys_and_nothing_is_done_by_one()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        await acts.GoLiveAsync("Sell coffee");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{acts.Name}/environments");
        var row = page.Locator("#environments > li").First;

        await page.Keyboard.PressAsync("j");
        await Expect(row.Locator("a[href]").First).ToBeFocusedAsync();

        foreach (var (key, act) in new[] { ("l", "lock"), ("r", "rollback") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(row.Locator($"details[data-key={key}] form[action$='/{act}']")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(row.Locator("details[open]")).ToHaveCountAsync(0);
        }

        await page.Keyboard.PressAsync("Control+l");
        await Expect(row.Locator("details[open]")).ToHaveCountAsync(0);
        Assert.Empty(await acts.LocksAsync());
        Assert.Equal(2, acts.Shop.Deployed.Count);
    }

    [Fact]
    public async Task A_rows_link_is_the_one_that_it_is_about_and_a_page_lists_the_keys_that_it_has()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n  auto_deploy_on: refs/heads/main\n");
        var tea = acts.Shop.Push("Sell tea");
        foreach (var environment in new[] { "staging", "production" })
        {
            await acts.Shop.AwaitAsync(environment, tea, DeploymentState.Pending);
            await acts.Shop.SettleAsync();
            await acts.Shop.ReportAsync(environment, tea, environment == "staging" ? "success" : "failure");
        }

        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{acts.Name}/environments");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#environments > li").First.Locator(".live-title a")).ToBeFocusedAsync();

        await page.GotoAsync(new Uri(house.SiteUrl, $"/{acts.Name}/commit/{tea}").ToString());
        var records = page.Locator("[data-row]");
        await page.Keyboard.PressAsync("j");
        await Expect(records.First.Locator("a[href]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(records.Nth(1).Locator("a[href]").First).ToBeFocusedAsync();
        var failed = records.Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = "Deploy again" }) });
        await failed.Locator("a[href]").First.FocusAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(failed.GetByRole(AriaRole.Button, new() { Name = "Deploy again" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys [data-here=find]")).ToBeHiddenAsync();
        await Expect(page.Locator("#keys [data-here=d]")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(house.SiteUrl, $"/{acts.Name}/deployments").ToString());
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Environment", new() { Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_are_listed_and_no_letter_is_one_while_somebody_types()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        house.World.SetStatus(acts.Shop.Repository, await acts.GoLiveAsync("Sell coffee"), "ci", "success", house.Ada, targetUrl: "https://ci.example/1");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{acts.Name}");
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });

        await page.Keyboard.PressAsync("?");
        await Expect(list).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await page.Locator("#keys-hint").ClickAsync();
        await Expect(list).ToBeVisibleAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await page.Locator("#keys-hint").ClickAsync();
        await list.GetByRole(AriaRole.Checkbox, new() { Name = "Use these keys" }).UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(list).ToBeHiddenAsync();
        await page.Locator("#keys-hint").ClickAsync();
        await list.GetByRole(AriaRole.Checkbox, new() { Name = "Use these keys" }).CheckAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#commits > li").Nth(1).Locator("a[href]:visible").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("#commits > li").First.Locator("a[href]:visible").First).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator("#commits > li").First.Locator("details[data-key=d] form[action$='/deploy']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("/");
        var find = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a branch or tag" });
        await Expect(find).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("?djk");
        await Expect(find).ToHaveValueAsync("?djk");
        await Expect(list).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_first_deploy_is_a_few_tabs_from_the_skip_link()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, $"/{acts.Name}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Skip to the first row" }).PressAsync("Enter");

        var tabs = 0;
        while (tabs < 9 && !await page.EvaluateAsync<bool>("document.activeElement.matches('details.deploy > summary')"))
        {
            await page.Keyboard.PressAsync("Tab");
            tabs++;
        }

        Assert.InRange(tabs, 1, 8);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, path).ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await Expect(page.Locator("#keys-hint")).ToBeVisibleAsync();
        return page;
    }
}
