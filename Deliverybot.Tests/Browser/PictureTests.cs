using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.TryOut;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>
/// Takes a picture of each page in both themes, as a newcomer finds it after the first start. With <c>DELIVERYBOT_PICTURES</c> set to a
/// folder they stay there: so those in <c>docs/images</c> are made.
/// </summary>
public sealed class PictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Repository = "acme/api";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"),
        ("commits", $"/{Repository}"),
        ("environments", $"/{Repository}/environments"),
        ("deployments", $"/{Repository}/deployments"),
        ("config", $"/{Repository}/config"),
        ("metrics", $"/{Repository}/metrics"),
        ("activity", $"/{Repository}/activity"),
        ("settings", "/_/settings"),
    ];

    [Fact]
    public async Task Every_page_has_its_picture_in_both_themes()
    {
        var folder = Directory.CreateDirectory(
            Environment.GetEnvironmentVariable("DELIVERYBOT_PICTURES") is { Length: > 0 } wanted ? Path.GetFullPath(wanted, RepositoryFolder.Of(".")) : Path.Combine(Path.GetTempPath(), $"deliverybot-pictures-{Guid.NewGuid():N}"));
        await using var tryOut = new TryOutProcess();
        await tryOut.StartAsync();

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
            {
                ColorScheme = theme,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
            });
            await TakeAsync(context, tryOut, theme, folder.FullName);
        }

        folder.GetFiles("*.png").Length.ShouldBeGreaterThanOrEqualTo(2 * Pages.Length);
        if (!folder.FullName.StartsWith(Path.GetTempPath(), StringComparison.Ordinal))
        {
            return;
        }

        folder.Delete(recursive: true);
    }

    private static async Task TakeAsync(IBrowserContext context, TryOutProcess tryOut, ColorScheme theme, string folder)
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
        await page.GotoAsync(new Uri(tryOut.Site, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ada") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("api") }).First.WaitForAsync();

        foreach (var (name, path) in Pages)
        {
            var answer = await page.GotoAsync(new Uri(tryOut.Site, path).ToString());
            answer!.Status.ShouldBe(200, path);
            await page.Locator("h1").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{theme.ToString().ToLowerInvariant()}.png") });
        }

        errors.ShouldBeEmpty();
    }
}
