using Deliverybot.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

/// <summary>What of the self-test only a browser sees.</summary>
public sealed class SelfTestInBrowserTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string Page = "/_/set-up/check";

    [Fact]
    public async Task Events_come_at_once_and_the_address_is_the_public_one()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await SignInAsync(context);

        await page.GotoAsync(new Uri(house.SiteUrl, Page).ToString());

        await Expect(page.GetByText("Events come at once.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText($"The browser is at {house.SiteUrl.GetLeftPart(UriPartial.Authority)}, as")).ToBeVisibleAsync();
        await Expect(page.Locator("#seen-events [data-when=unknown]").First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_proxy_that_holds_events_back_at_another_address_is_seen()
    {
        await using var proxy = await HoldingProxy.StartAsync(house.SiteUrl, TestContext.Current.CancellationToken);
        await using var context = await chromium.NewContextAsync();
        // Cookies are the same for all ports of a machine: the way through the proxy is signed in, too.
        var page = await SignInAsync(context);
        await page.Clock.InstallAsync();

        await page.GotoAsync(new Uri(proxy.Url, Page).ToString());
        await Expect(page.GetByText("A stream of events is being opened")).ToBeVisibleAsync();
        await page.Clock.RunForAsync(15_000);

        await Expect(page.GetByText("Events don’t come: something on the way holds them back.")).ToBeVisibleAsync();
        await Expect(page.GetByText($"The browser is at {proxy.Url.GetLeftPart(UriPartial.Authority)}, and")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_it_says_what_cannot_be_seen()
    {
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await SignInAsync(context);

        await page.GotoAsync(new Uri(house.SiteUrl, Page).ToString());

        await Expect(page.GetByText("Without JavaScript it can’t be compared.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Without JavaScript it can’t be seen whether events come at once.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.GetByText("Webhook there and back")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try it" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_and_what_comes_next_are_sound_in_both_themes_and_in_every_window()
    {
        house.World.AppPermissions.Remove("issues");
        house.World.AppEvents.Add("star");
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.SignInAsync("ada");

        await inspection.VisitAsync(Page);
        house.World.AppPermissions["issues"] = "write";
        await inspection.VisitAsync(Page);
        house.World.AppEvents.Remove("star");
        await inspection.VisitAsync("/_/set-up");
        await inspection.VisitAsync($"/{house.CreateRepository().FullName}/config");

        inspection.Faults.ShouldBeEmpty();
    }

    private async Task<IPage> SignInAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.WaitForURLAsync(address => address.StartsWith(house.SiteUrl.ToString(), StringComparison.Ordinal));
        return page;
    }
}
