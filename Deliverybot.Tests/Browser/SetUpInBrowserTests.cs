using System.Diagnostics;
using System.Net;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

/// <summary>From an empty database to the first deployment, by what the pages say alone.</summary>
public sealed class SetUpInBrowserTests(TestDatabase database, TestPostgreSql postgreSql, Chromium chromium) : IClassFixture<TestDatabase>, IClassFixture<Chromium>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_empty_database_to_the_first_deployment()
    {
        await using var gitHub = await SandboxServer.StartAsync(new SandboxServerOptions(), Stop);
        var (ada, shop) = Plant(gitHub.World);
        var began = Stopwatch.GetTimestamp();
        await using var site = SiteWithoutApp.Start(database, gitHub);
        await site.AnswersAsync("/_/set-up", HttpStatusCode.OK);
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal) && !message.Text.Contains("503", StringComparison.Ordinal) && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };

        await page.RouteAsync("**/_/set-up*", LoseOnce());
        await page.GotoAsync(site.Url.ToString());
        while (site.Code is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        await page.GetByLabel("Code from the log").FillAsync(site.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await page.GetByLabel("Name of the App").FillAsync("Acme Deliverybot");
        await page.GetByLabel("Organisation that owns it").FillAsync("acme");
        await page.GetByLabel("Address of GitHub").FillAsync(site.GitHubUrl.OriginalString);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on to GitHub" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create GitHub App" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Install the App" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Install the App" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "acme" }).ClickAsync();
        await Expect(page.GetByText("It is installed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in and choose a repository" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "acme/shop" }).ClickAsync();
        var proposed = await page.GetByRole(AriaRole.Link, new() { Name = "Create on GitHub" }).First.GetAttributeAsync("href");
        var opened = QueryHelpers.ParseQuery(new Uri(proposed!).Query);
        proposed.ShouldStartWith($"{site.GitHubUrl}acme/shop/new/main?");

        var sha = gitHub.World.Push(shop, "main", ada, "Say what goes where", new Dictionary<string, string?> { [opened["filename"].ToString()] = opened["value"] });
        while (gitHub.World.Read(_ => shop.Deployments.Count) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        var took = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"From the start to the first deployment: {took.TotalSeconds:0.0} s.");
        gitHub.World.Read(_ => shop.Deployments.ToList()).ShouldHaveSingleItem().Sha.ShouldBe(sha);
        took.ShouldBeLessThan(Promised);
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_keeps_the_keys_elsewhere_takes_them_along_with_a_click_and_sees_all_of_them_in_a_narrow_window()
    {
        await using var gitHub = await SandboxServer.StartAsync(new SandboxServerOptions(), Stop);
        Plant(gitHub.World);
        await using var own = new TestDatabase(postgreSql);
        await own.InitializeAsync();
        await using var site = SiteWithoutApp.Start(own, gitHub);
        await site.AnswersAsync("/_/set-up", HttpStatusCode.OK);
        var inspection = await PageInspection.StartAsync(chromium, site.Url);
        var page = inspection.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        while (site.Code is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        await page.GotoAsync(site.Url.ToString());
        await page.GetByLabel("Code from the log").FillAsync(site.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await page.GetByLabel("Name of the App").FillAsync("Acme Deliverybot");
        await page.GetByLabel("Address of GitHub").FillAsync(site.GitHubUrl.OriginalString);
        await page.GetByLabel("Show them once").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on to GitHub" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create GitHub App" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldContain($"GitHub__WebhookSecret='{gitHub.App.WebhookSecret}'");
        await page.SetViewportSizeAsync(360, 800);
        (await page.Locator("pre").EvaluateAsync<int>("text => text.scrollWidth - text.clientWidth")).ShouldBe(0);
        await inspection.InspectAsync("the keys");
        inspection.Faults.ShouldBeEmpty();
    }

    /// <summary>The first look whether the site has begun anew is never answered, as where the site ended just then.</summary>
    private static Func<IRoute, Task> LoseOnce()
    {
        var asked = 0;
        return async route =>
        {
            if (route.Request.ResourceType is not "fetch" || Interlocked.Increment(ref asked) > 1)
            {
                await route.ContinueAsync();
            }
        };
    }

    private static (Account Ada, Repository Shop) Plant(GitHubWorld world)
    {
        var ada = world.CreateUser("ada");
        var acme = world.CreateOrganisation("acme", world.CreateUser("olive"));
        world.AddMember(acme, ada);
        var shop = world.CreateRepository(acme, "shop", new Dictionary<string, string> { ["README.md"] = "# shop\n" });
        world.SetPermission(ada, shop, RepositoryPermission.Write);
        return (ada, shop);
    }
}
