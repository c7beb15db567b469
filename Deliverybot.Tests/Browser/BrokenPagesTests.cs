using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>Where nothing works, the page that says so does: with axe, in both themes, at any width.</summary>
public sealed class BrokenPagesTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    [Fact]
    public async Task The_page_of_a_Site_without_settings_is_sound()
    {
        await using var site = SiteApplication.Build(["--urls=http://127.0.0.1:0"]);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var inspection = await PageInspection.StartAsync(chromium, new Uri(site.Urls.First()));

        await inspection.VisitAsync("/");

        inspection.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_of_a_fault_is_sound()
    {
        var inspection = await PageInspection.StartAsync(chromium, house.SiteUrl);
        await inspection.SignInAsync("ada");
        await using (var command = house.Database.Source.CreateCommand("drop table slack_links"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await inspection.VisitAsync("/_/settings", 500);

        inspection.Faults.ShouldBeEmpty();
    }
}
