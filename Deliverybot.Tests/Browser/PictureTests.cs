using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>
/// Takes a picture of each page in both themes, on a morning on which much goes on. With <c>DELIVERYBOT_PICTURES</c> set to a folder they
/// stay there: so those in <c>docs/images</c> are made. <c>DELIVERYBOT_PICTURES_WIDTH</c> takes them as a narrower window shows them, whole.
/// </summary>
public sealed class PictureTests(TestPostgreSql postgreSql, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const int Width = 1280;
    private const int Height = 800;

    // What goes on would go on while the pictures are taken.
    private readonly House house = new(postgreSql) { Roles = "web" };

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Every_page_has_its_picture_in_both_themes()
    {
        var wanted = Environment.GetEnvironmentVariable("DELIVERYBOT_PICTURES") is { Length: > 0 } path ? Path.GetFullPath(path, RepositoryFolder.Of(".")) : null;
        var folder = Directory.CreateDirectory(wanted ?? Path.Combine(Path.GetTempPath(), $"deliverybot-pictures-{Guid.NewGuid():N}"));
        var width = int.TryParse(Environment.GetEnvironmentVariable("DELIVERYBOT_PICTURES_WIDTH"), CultureInfo.InvariantCulture, out var given) ? given : Width;
        var town = new PictureTown(house);
        await new PicturePast(house, town).PlantAsync();
        var pages = await PagesAsync(town);

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions
            {
                ColorScheme = theme,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new ViewportSize { Width = width, Height = Height },
            });
            await TakeAsync(context, pages, isWhole: width < Width, name => Path.Combine(folder.FullName, $"{name}-{theme.ToString().ToLowerInvariant()}.png"));
        }

        folder.GetFiles("*.png").Length.ShouldBeGreaterThanOrEqualTo(2 * pages.Count);
        if (wanted is null)
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(PictureTown town)
    {
        var failed = await house.ReadAsync(db => db.Deployments
            .Where(row => row.State == DeploymentState.Failure && row.EnvironmentKey == "workers")
            .Select(row => row.Id)
            .SingleAsync(TestContext.Current.CancellationToken));
        return
        [
            ("home", "/"),
            ("commits", $"/{PictureTown.Name}"),
            ("environments", $"/{PictureTown.Name}/environments"),
            ("deployments", $"/{PictureTown.Name}/deployments"),
            ("deployment", $"/{PictureTown.Name}/deployments/{failed}"),
            ("difference", $"/{PictureTown.Name}/difference?environment=production&with=staging"),
            ("commit", $"/{PictureTown.Name}/commit/{town.Commits[3]}"),
            ("config", $"/{PictureTown.Name}/config"),
            ("metrics", $"/{PictureTown.Name}/metrics"),
            ("activity", $"/{PictureTown.Name}/activity"),
            ("settings", "/_/settings"),
        ];
    }

    private async Task TakeAsync(IBrowserContext context, IReadOnlyList<(string Name, string Path)> pages, bool isWhole, Func<string, string> file)
    {
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add(message.Text);
            }
        };
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("api") }).First.WaitForAsync();

        foreach (var (name, path) in pages)
        {
            var answer = await page.GotoAsync(new Uri(house.SiteUrl, path).ToString());
            answer!.Status.ShouldBe(200, path);
            await page.Locator("h1").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file(name), FullPage = isWhole });
        }

        errors.ShouldBeEmpty();
    }
}
