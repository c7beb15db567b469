using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>What the server writes and what the script makes of it is the same, whatever the age: else lines would wrap anew when it takes over.</summary>
public sealed class RelativeTimeTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private static readonly TimeSpan[] Ages =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1.5), TimeSpan.FromMinutes(30.5), TimeSpan.FromHours(1.5), TimeSpan.FromHours(23.5),
        TimeSpan.FromHours(30), TimeSpan.FromDays(2.5), TimeSpan.FromDays(29.5), TimeSpan.FromDays(45), TimeSpan.FromDays(364.5), TimeSpan.FromDays(400),
        TimeSpan.FromDays(800), TimeSpan.FromHours(-3.9),
    ];

    [Fact]
    public async Task A_time_reads_the_same_without_scripts_as_with_them()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var now = DateTimeOffset.UtcNow;
        await house.WriteAsync([.. Ages.Select((age, number) => PageRows.Deployment(id, repository.Branches["main"], $"place-{number}", at: now - age))]);

        var written = await ReadAsync(repository.FullName, scripts: false);
        var kept = await ReadAsync(repository.FullName, scripts: true);

        written.Count.ShouldBe(Ages.Length);
        written.ShouldContain("1 hour ago");
        written.ShouldContain("in 4 hours");
        kept.ShouldBe(written);
    }

    [Fact]
    public async Task The_script_says_the_readers_own_time_beside_that_of_the_page()
    {
        var repository = house.CreateRepository();
        var row = PageRows.Deployment(await house.KnownAsync(repository), repository.Branches["main"], at: new DateTimeOffset(2026, 1, 5, 20, 0, 0, TimeSpan.Zero));
        await house.WriteAsync(row);
        await using var context = await chromium.NewContextAsync(new() { TimezoneId = "Asia/Tokyo" });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.FullName}/deployments/{row.Id}").ToString());

        await Assertions.Expect(page.Locator("dd time[data-utc]").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^2026-01-05 20:00 UTC \\(6 Jan, 05:00 .+\\)$"));
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string repository, bool scripts)
    {
        await using var context = await chromium.NewContextAsync(new() { JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository}/deployments").ToString());
        return await page.Locator("#lines time").AllInnerTextsAsync();
    }
}
