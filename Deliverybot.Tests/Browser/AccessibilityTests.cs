using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>On no page does axe find anything in either theme, and nothing sticks out of a window of 320 pixels or of 3840.</summary>
public sealed class AccessibilityTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Every_page_is_sound_for_whoever_may_write()
    {
        var pages = await FilledPages.FillAsync(house);
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.VisitAsync("/");
        await inspection.VisitAsync("/_/sign-in/failed");
        await inspection.SignInAsync("ada");
        string[] own = ["/", "/acme", "/_/settings", "/_/settings/delete", "/_/slack/failed", "/_/slack/failed?why=NotAdded", $"/_/jobs-of/{pages.Deployment}"];

        foreach (var address in own.Concat(pages.OfRepository))
        {
            await inspection.VisitAsync(address);
        }

        await TryOutAsync(inspection, pages);
        await LinkSlackAsync(inspection);
        inspection.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_with_forms_is_sound_for_whoever_may_only_read()
    {
        var pages = await FilledPages.FillAsync(house);
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.SignInAsync("rita");

        foreach (var address in pages.WithForms)
        {
            await inspection.VisitAsync(address);
        }

        inspection.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_that_says_no_is_sound()
    {
        var pages = await FilledPages.FillAsync(house);
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.SignInAsync("ada");

        await inspection.VisitAsync("/acme/no-such-repository", 404);
        await DeployAsync(inspection, pages, "production");
        await inspection.InspectAsync("locked");
        await DeployAsync(inspection, pages, "no such target");
        await inspection.InspectAsync("unknown target");
        house.GitHub.Faults.Add(new FaultRule { ErrorShare = 1 });
        try
        {
            await inspection.VisitAsync($"/{pages.Repository}");
            await inspection.VisitAsync("/acme/never-looked-at", 503);
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }

        inspection.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_for_whoever_may_not_is_sound()
    {
        var pages = await FilledPages.FillAsync(house);
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.SignInAsync("rita");

        await DeployAsync(inspection, pages, "staging");

        (await inspection.Page.Locator("main").InnerTextAsync()).ShouldContain("write access");
        await inspection.InspectAsync("may only read");
        inspection.Faults.ShouldBeEmpty();
    }

    private static async Task TryOutAsync(PageInspection inspection, FilledPages pages)
    {
        await inspection.Page.GotoAsync(new Uri(new Uri(inspection.Page.Url), $"/{pages.Repository}/config").ToString());
        await inspection.Page.GetByRole(AriaRole.Button, new() { Name = "Play it through" }).ClickAsync();
        await inspection.Page.Locator("#try .rehearsed").First.WaitForAsync();
        await inspection.InspectAsync("tried out");
        await inspection.Page.Locator("#try-file").FillAsync("production: [");
        await inspection.Page.GetByRole(AriaRole.Button, new() { Name = "Play it through" }).ClickAsync();
        await inspection.InspectAsync("tried out with a broken file");
    }

    private async Task LinkSlackAsync(PageInspection inspection)
    {
        var page = inspection.Page;
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/slack/install").ToString());
        await page.Locator("button[value=allow]").ClickAsync();
        await page.Locator("button[name=member]").First.ClickAsync();
        await page.WaitForURLAsync("**/_/slack/link/confirm");
        await inspection.InspectAsync("/_/slack/link/confirm");
    }

    // As a browser without scripts sends it: the answer is a page.
    private static async Task DeployAsync(PageInspection inspection, FilledPages pages, string target)
    {
        var page = inspection.Page;
        await page.GotoAsync(new Uri(new Uri(page.Url), $"/{pages.Repository}").ToString());
        await page.EvaluateAsync(
            """
            wished => {
              const form = Object.assign(document.createElement("form"), { method: "post", action: wished.action });
              form.append(document.querySelector("[name=__RequestVerificationToken]").cloneNode());
              for (const name of ["sha", "target"]) {
                form.append(Object.assign(document.createElement("input"), { name, value: wished[name] }));
              }
              document.body.append(form);
              form.submit();
            }
            """,
            new { action = $"/{pages.Repository}/deploy", sha = pages.Sha, target });
        await page.WaitForURLAsync("**/deploy");
    }
}
