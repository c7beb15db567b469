using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

public sealed class AccessibilityTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        """;

    [Theory]
    [InlineData(ColorScheme.Light, "ada")]
    [InlineData(ColorScheme.Dark, "ada")]
    [InlineData(ColorScheme.Light, "rita")]
    public async Task Axe_finds_nothing_in_either_theme(ColorScheme theme, string login)
    {
        var repository = await FilledAsync();
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = theme });
        var page = await SignInAsync(context, login);

        foreach (var address in new[] { "/", $"/{repository}", $"/{repository}/environments", "/_/settings", "/_/settings/delete", "/acme/no-such-repository" })
        {
            await page.GotoAsync(new Uri(house.SiteUrl, address).ToString());
            await ShouldBeSoundAsync(page, address);
            foreach (var menu in await page.Locator("main details.menu > summary:visible").AllAsync())
            {
                await menu.ClickAsync();
                await ShouldBeSoundAsync(page, $"{address}, {await menu.TextContentAsync()}");
                await page.Keyboard.PressAsync("Escape");
            }
        }
    }

    [Theory]
    [InlineData(320)]
    [InlineData(3840)]
    public async Task Nothing_sticks_out_of_a_window_of_any_width(int width)
    {
        var repository = await FilledAsync();
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        var page = await SignInAsync(context, "ada");

        foreach (var address in new[] { "/", $"/{repository}", $"/{repository}/environments", "/_/settings" })
        {
            await page.GotoAsync(new Uri(house.SiteUrl, address).ToString());
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, address);
        }
    }

    private static async Task ShouldBeSoundAsync(IPage page, string place)
    {
        var found = await page.RunAxe();
        found.Violations.ShouldBeEmpty($"{place}: {string.Join("; ", found.Violations.Select(fault => $"{fault.Id} at {string.Join(", ", fault.Nodes.Select(node => node.Html))}"))}");
    }

    private async Task<string> FilledAsync()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        var coffee = repository.Push("Sell coffee");
        await repository.SettleAsync();
        repository.Report(coffee, "failure");
        repository.Push("Sell cocoa");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        (await Site.SitePages.PostFormAsync(ada, $"/{repository.Repository.FullName}/lock", ("environment", "production"), ("reason", "stock-taking"), ("hours", "2"))).Dispose();
        return repository.Repository.FullName;
    }

    private async Task<IPage> SignInAsync(IBrowserContext context, string login)
    {
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, "/_/sign-in").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new(login) }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(house.SiteUrl.Authority)));
        return page;
    }
}
