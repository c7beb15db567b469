using System.Text.RegularExpressions;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

public sealed class BoardTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile =
        """
        production:
          environment: production
          required_contexts: [deliverybot/promotion]
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Promote_deploy_lock_unlock_and_roll_back_with_and_without_scripts(bool scripts)
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();

        await DeployFromCommitsAsync(page, scripts, repository, "Sell tea", tea);
        var coffee = repository.Push("Sell coffee");
        await repository.SettleAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}").ToString());
        await DeployFromCommitsAsync(page, scripts, repository, "Sell coffee", coffee);

        await page.GetByRole(AriaRole.Link, new() { Name = "Environments" }).ClickAsync();
        var row = page.Locator("li.environment");
        await Expect(row.Locator(".live-title")).ToContainTextAsync("Sell coffee");
        var locking = await OpenFormAsync(page, row, scripts, "Lock");
        await locking.GetByLabel("Why").FillAsync("stock-taking");
        await locking.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();
        await Expect(row.Locator(".held")).ToContainTextAsync("stock-taking");
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("Unlock") }).ClickAsync();
        await Expect(row.Locator(".held")).ToHaveCountAsync(0);
        var back = await OpenFormAsync(page, row, scripts, "Roll back");
        await back.GetByRole(AriaRole.Button, new() { NameRegex = new("Roll back") }).ClickAsync();
        await Expect(row.Locator(".way")).ToContainTextAsync("Sell tea");
        house.World.Read(_ => repository.Repository.Deployments.Select(made => made.Sha).ToList()).ShouldBe([tea, coffee, tea]);
    }

    [Fact]
    public async Task What_waits_for_somebodys_word_goes_on_by_a_click_beside_it()
    {
        var repository = new RepositoryDriver(house, DeployFile + "\n  auto_deploy_on: refs/heads/main");
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}/environments").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        var way = page.Locator("li.environment .way");
        await Expect(way.Locator(".why")).ToHaveTextAsync("Waiting for somebody to promote it.");
        await way.GetByRole(AriaRole.Link, new() { Name = "waiting", Exact = true }).ClickAsync();
        await Expect(page.Locator("#story").GetByRole(AriaRole.Button, new() { Name = "Promote" })).ToBeVisibleAsync();
        await page.GoBackAsync();

        await way.GetByRole(AriaRole.Button, new() { Name = "Promote" }).ClickAsync();
        await Expect(way.Locator(".act-confirm")).ToContainTextAsync($"{tea[..7]} goes to production by itself.");
        await way.Locator(".act-confirm button").ClickAsync();

        await Expect(page.Locator("#toasts .note.tone-good")).ToContainTextAsync("was promoted by ada");
        await house.EventuallyAsync(() => Task.FromResult(repository.Deployed.Contains(tea)), "tea is deployed");
        await Expect(way.Locator(".why")).ToHaveCountAsync(0);
        await Expect(way.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_open_form_says_when_what_it_is_about_has_changed_and_how_it_is_now()
    {
        var repository = new RepositoryDriver(house, "production:\n  environment: production\n  auto_deploy_on: refs/heads/main");
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}/environments").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        var row = page.Locator("li.environment");
        await row.Locator("summary", new() { HasText = "Lock" }).ClickAsync();
        await row.GetByLabel("Why").FillAsync("Stock-taking");
        var commits = await context.NewPageAsync();
        await commits.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}").ToString());
        var commit = commits.Locator($"#c-{tea[..7]}");
        await commit.Locator("details.deploy > summary").ClickAsync();
        await Expect(commit.Locator(".deploy-panel form").First).ToBeVisibleAsync();
        await Expect(page.Locator(".changed-meanwhile")).ToHaveCountAsync(0);

        repository.Report(tea, "success");
        await repository.SettleAsync();

        await Expect(row.Locator(".changed-meanwhile")).ToHaveTextAsync($"This has changed since you opened it. Now: {tea[..7]} is live.");
        await Expect(row.GetByLabel("Why")).ToHaveValueAsync("Stock-taking");
        await Expect(row.Locator(".live-title a")).ToHaveCountAsync(0);
        await Expect(commit.Locator(".changed-meanwhile")).ToHaveTextAsync("This has changed since you opened it. Now: production live.");
        await row.Locator("summary", new() { HasText = "Lock" }).ClickAsync();
        await Expect(row.Locator(".live-title")).ToContainTextAsync("Sell tea");
        await Expect(row.Locator(".changed-meanwhile")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_double_click_rolls_back_once_and_the_environment_is_called_held()
    {
        var repository = new RepositoryDriver(house, "production:\n  environment: production\n  auto_deploy_on: refs/heads/main");
        foreach (var headline in new[] { "Sell tea", "Sell coffee" })
        {
            var sha = repository.Push(headline);
            await repository.SettleAsync();
            repository.Report(sha, "success");
            await repository.SettleAsync();
        }

        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(house.SiteUrl, $"/{repository.Repository.FullName}/environments").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        var row = page.Locator("li.environment");
        await row.Locator("summary", new() { HasText = "Roll back" }).ClickAsync();
        var sent = new List<string?>();
        page.Request += (_, request) => sent.AddRange(request.Method == "POST" ? [request.PostData] : []);

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("Roll back") }).DblClickAsync();

        await Expect(page.Locator("#toasts .note.tone-good")).ToContainTextAsync("goes back");
        await Expect(row.Locator(".way")).ToContainTextAsync("Sell tea");
        await Expect(page.Locator("#board-summary")).ToContainTextAsync("1 held");
        await page.SetViewportSizeAsync(360, 760);
        (await row.Locator(".held > span").EvaluateAsync<bool>("held => held.scrollHeight <= held.clientHeight")).ShouldBeTrue("What ends the hold can be read.");
        sent.ShouldHaveSingleItem().ShouldNotBeNull().ShouldContain($"&to={repository.Deployed[0]}");
    }

    [Fact]
    public async Task A_menu_that_was_opened_before_its_script_was_there_gets_its_form()
    {
        var repository = new RepositoryDriver(house, "production:\n  environment: production\n  auto_deploy_on: refs/heads/main");
        repository.Push("Sell tea");
        await repository.SettleAsync();
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var board = new Uri(house.SiteUrl, $"/{repository.Repository.FullName}/environments").ToString();
        await page.GotoAsync(board);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.Locator("li.environment").WaitForAsync();
        var isOpen = new TaskCompletionSource();
        await page.RouteAsync(new Regex(@"/js/menus\b"), async route =>
        {
            await isOpen.Task;
            await route.ContinueAsync();
        });

        await page.GotoAsync(board, new() { WaitUntil = WaitUntilState.Commit });
        var menu = page.Locator("li.environment details.menu", new() { Has = page.Locator("summary", new() { HasText = "Deploy" }) });
        await menu.Locator("summary").ClickAsync();
        isOpen.SetResult();

        await Expect(menu.GetByRole(AriaRole.Button, new() { NameRegex = new("Deploy") })).ToBeVisibleAsync();
    }

    private async Task DeployFromCommitsAsync(IPage page, bool scripts, RepositoryDriver repository, string headline, string sha)
    {
        var commit = page.Locator("li.commit", new() { HasText = headline });
        var forms = scripts ? commit : page.Locator("#deploy");
        await OpenFormAsync(commit, scripts);
        await forms.GetByRole(AriaRole.Button, new() { Name = "Promote" }).ClickAsync();
        await SendAsync(page, scripts, page.Locator(".act-confirm button"));
        await house.EventuallyAsync(() => Task.FromResult(repository.StatusesOf(sha, "deliverybot/promotion").Count == 1), $"{headline} is promoted");
        await page.ReloadAsync();
        await OpenFormAsync(commit, scripts);
        await SendAsync(page, scripts, forms.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }));
        await house.EventuallyAsync(() => Task.FromResult(repository.Deployed.Contains(sha)), $"{headline} is deployed");
        repository.Report(sha, "success");
        await repository.SettleAsync();
        await page.ReloadAsync();
        await Expect(commit.Locator(".badge-state")).ToContainTextAsync("live");
    }

    /// <summary>Until the answer is there: with scripts a message, without them the page that it leads back to.</summary>
    private static async Task SendAsync(IPage page, bool scripts, ILocator button)
    {
        await button.WaitForAsync();
        var answered = new TaskCompletionSource();
        page.FrameNavigated += (_, _) => answered.TrySetResult();
        await button.ClickAsync();
        if (scripts)
        {
            await Expect(page.Locator("#toasts .note.tone-good")).ToBeVisibleAsync();
        }
        else
        {
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await page.WaitForLoadStateAsync();
        }
    }

    /// <summary>As for a commit: without scripts the row's menu leads to the page with the form on it.</summary>
    private static async Task<ILocator> OpenFormAsync(IPage page, ILocator row, bool scripts, string act)
    {
        await row.Locator("summary", new() { HasText = act }).ClickAsync();
        if (scripts)
        {
            return row;
        }

        await row.Locator("details[open] .act-form a").ClickAsync();
        return page.Locator("#act");
    }

    /// <summary>Without scripts the menu holds a link to the same page with the form.</summary>
    private static async Task OpenFormAsync(ILocator commit, bool scripts)
    {
        await commit.Locator("summary", new() { HasText = "Deploy" }).ClickAsync();
        if (!scripts)
        {
            await commit.GetByRole(AriaRole.Link, new() { NameRegex = new("Choose where") }).ClickAsync();
        }
    }
}
