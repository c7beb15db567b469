using Deliverybot.Tests.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

public sealed class MessagesTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile =
        """
        production:
          required_contexts: [ci]
        """;

    [Fact]
    public async Task What_is_refused_leaves_the_form_open_and_says_why_until_the_message_is_closed()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await OpenCommitsAsync(context);
        var commit = page.Locator("li.commit").First;
        await commit.Locator("summary", new() { HasText = "Deploy" }).ClickAsync();
        await commit.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();

        var message = page.Locator("#toasts .note");
        await Expect(message).ToContainTextAsync("ci");
        await Expect(commit.Locator("details.menu[open]")).ToBeVisibleAsync();

        await message.GetByRole(AriaRole.Button, new() { Name = "Close this message" }).PressAsync("Enter");
        await Expect(message).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_narrowed_to_nothing_says_so()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await OpenCommitsAsync(context);
        await page.Locator("summary", new() { HasText = "main" }).ClickAsync();

        var find = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a branch or tag" });
        await Expect(find).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("nowhere");
        await Expect(page.GetByText("No branch or tag is called like that.")).ToBeVisibleAsync();

        await find.FillAsync("ma");
        await Expect(page.GetByText("No branch or tag is called like that.")).ToBeHiddenAsync();
    }

    private async Task<IPage> OpenCommitsAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{house.CreateRepository(DeployFile).FullName}").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        return page;
    }
}
