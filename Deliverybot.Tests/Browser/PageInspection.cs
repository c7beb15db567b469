using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Deliverybot.Tests.Browser;

/// <summary>Looks at pages for what axe finds in either theme, and for what sticks out of a narrow or a very wide window.</summary>
internal sealed class PageInspection(IPage page, Uri site)
{
    // Charts follow a frame later than the window.
    private const string SticksOut =
        """
        async () => {
          for (let frame = 0; frame < 3; frame++) {
            await new Promise(requestAnimationFrame);
          }
          return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        }
        """;

    // One of a kind is enough: each commit and each environment has the same.
    private const string KindOfMenu = "summary => summary.parentElement.className + summary.innerText.replace(/[0-9a-f]{7}/g, '')";

    private static readonly int[] Widths = [320, 3840];

    // How often a rule was kept isn't read: without that, axe is several times as fast.
    private static readonly HashSet<ResultType> Faulty = [ResultType.Violations];

    // WCAG 2.2: axe leaves the size of targets out unless asked.
    private static readonly AxeRunOptions All = new() { ResultTypes = Faulty, Rules = new() { ["target-size"] = new() { Enabled = true } } };

    // A menu covers parts of what is below it.
    private static readonly AxeRunOptions OfMenu = new() { ResultTypes = Faulty };

    // The themes differ by their colours alone.
    private static readonly AxeRunOptions OfColours = new() { ResultTypes = Faulty, RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    private readonly List<string> faults = [];

    public IPage Page => page;

    public IReadOnlyList<string> Faults => faults;

    public static async Task<PageInspection> StartAsync(Chromium chromium, Uri site)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(20_000);
        return new PageInspection(await context.NewPageAsync(), site);
    }

    public async Task SignInAsync(string login)
    {
        await page.GotoAsync(new Uri(site, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new(login) }).ClickAsync();
        await page.WaitForURLAsync(address => address.StartsWith(site.ToString(), StringComparison.Ordinal));
    }

    public async Task VisitAsync(string address, int status = 200)
    {
        var answer = await page.GotoAsync(new Uri(site, address).ToString());
        answer!.Status.ShouldBe(status, address);
        await InspectAsync(address);
    }

    /// <summary>Looks at what is open now, and at its menus.</summary>
    public async Task InspectAsync(string place)
    {
        await RunAxeAsync(place, rules => page.RunAxe(rules), All);
        var kinds = new HashSet<string>();
        foreach (var menu in await page.Locator("main details.menu > summary:visible").AllAsync())
        {
            if (kinds.Add(await menu.EvaluateAsync<string>(KindOfMenu)))
            {
                await menu.ClickAsync();
                var opened = menu.Locator("..");
                await RunAxeAsync($"{place}, {await menu.TextContentAsync()}", rules => opened.RunAxe(rules), OfMenu);
                await page.Keyboard.PressAsync("Escape");
            }
        }

        await MeasureAsync(place);
    }

    private async Task RunAxeAsync(string place, Func<AxeRunOptions, Task<AxeResult>> runAsync, AxeRunOptions rules)
    {
        await RunAxeAsync(place, ColorScheme.Light, runAsync, rules);
        await RunAxeAsync(place, ColorScheme.Dark, runAsync, OfColours);
    }

    private async Task RunAxeAsync(string place, ColorScheme theme, Func<AxeRunOptions, Task<AxeResult>> runAsync, AxeRunOptions rules)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
        var name = theme.ToString().ToLowerInvariant();
        await page.Locator($"html[data-bs-theme={name}]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        var found = await runAsync(rules);
        found.Passes.ShouldNotBeEmpty(place);
        faults.AddRange(found.Violations.Select(fault => $"{place}, {name}: {fault.Id} at {string.Join(", ", fault.Nodes.Select(node => node.Html))}"));
    }

    private async Task MeasureAsync(string place)
    {
        var usual = page.ViewportSize!;
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, usual.Height);
            var pixels = await page.EvaluateAsync<int>(SticksOut);
            if (pixels != 0)
            {
                faults.Add($"{place}: {pixels} pixels stick out of a window of {width}");
            }
        }

        await page.SetViewportSizeAsync(usual.Width, usual.Height);
    }
}
