using System.Diagnostics;
using System.Text.RegularExpressions;
using Deliverybot.Tests.TryOut;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

/// <summary>The newcomer's path: the try-out, as the README's tour tells it, step by step and word by word.</summary>
public sealed class NewcomerTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly TryOutProcess tryOut = new();
    private readonly ReadmeTour readme = ReadmeTour.Read();
    private readonly List<string> errors = [];
    private int step;
    private IPage deliverybot = null!;
    private IPage gitHub = null!;

    private ILocator Newest => deliverybot.Locator("li.commit").First;

    public async ValueTask InitializeAsync()
    {
        await tryOut.StartAsync();
        var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        (deliverybot, gitHub) = (await context.NewPageAsync(), await context.NewPageAsync());
        deliverybot.Console += (_, message) =>
        {
            // What is refused, missing or put off is meant to be, and Chromium notes each.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (deliverybot is not null)
        {
            await deliverybot.Context.DisposeAsync();
        }

        await tryOut.DisposeAsync();
    }

    [Fact]
    public async Task The_tour_of_the_README_is_true_step_by_step()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal.");
        new[] { tryOut.Site.OriginalString, tryOut.StandIn.OriginalString, $"{tryOut.StandIn.OriginalString}/_/slack" }
            .ShouldAllBe(address => Regex.IsMatch(tryOut.Said, $@"{Regex.Escape(address)}\s"));
        Func<Task>[] tour =
        [
            SignInAsync, DeployAsync, PushAsync, LockAndRollBackAsync, LookCloserAsync, ChangeTheFileAsync,
            CommentAndTagAsync, BeAStrangerAsync, LoseGitHubAsync, CreateRepositoriesAsync, TypeIntoSlackAsync, MayOnlyReadAsync,
        ];
        readme.Numbers.ShouldBe(Enumerable.Range(1, tour.Length));

        foreach (var play in tour)
        {
            step++;
            await play();
            readme.End(step);
        }

        errors.ShouldBeEmpty();
    }

    private async Task SignInAsync()
    {
        await OpenAsync("/");
        await PressAsync(deliverybot, "Sign in with GitHub", first: true);
        await SaysAsync(deliverybot, "Sign in as…");
        await deliverybot.GetByRole(AriaRole.Button, new() { NameRegex = new(readme.Press(step, "Ada Author")) }).ClickAsync();
        await SaysAsync(deliverybot, "In no environment that lasts has a deployment failed, and none waits for an approval or a promotion.");
        await SaysAsync(deliverybot, "acme");
        await SaysAsync(deliverybot, "shop");
        await SaysAsync(deliverybot, "api");
        var web = deliverybot.Locator("tr", new() { HasTextRegex = readme.Says(step, "web") });
        await Expect(web).ToContainTextAsync(readme.Says(step, "not deployed yet"));
        await Expect(deliverybot.Locator("main")).ToContainTextAsync("production");
    }

    private async Task DeployAsync()
    {
        await PressAsync(deliverybot, "shop", first: true);
        await Newest.Locator("summary", new() { HasText = readme.Press(step, "Deploy") }).ClickAsync();
        await Expect(Newest).ToContainTextAsync(readme.Says(step, "Ready: goes to production at once."));
        await Expect(Newest.GetByLabel(readme.Says(step, "Force"))).ToBeVisibleAsync();
        await Newest.GetByRole(AriaRole.Button, new() { Name = "Deploy" }).ClickAsync();
        await SaysAsync(deliverybot, "On its way to production. Watch it", "body");
        await deliverybot.EvaluateAsync("window.neverReloaded = true");
        await Expect(Newest).ToContainTextAsync(readme.Says(step, "production live"));
    }

    private async Task PushAsync()
    {
        await gitHub.GotoAsync(tryOut.StandIn.OriginalString);
        await SaysAsync(gitHub, "Push a commit");
        await PressAsync(gitHub, "Push");
        await Expect(Newest).ToContainTextAsync(readme.Says(step, "production waiting · Waiting for ci (pending)."));
        await Expect(Newest).ToContainTextAsync("production live");
        await Expect(deliverybot.Locator("li.commit").Nth(1)).ToContainTextAsync(readme.Says(step, "production previous"));
        (await deliverybot.EvaluateAsync<bool>("window.neverReloaded === true")).ShouldBeTrue();
    }

    private async Task LockAndRollBackAsync()
    {
        await PressAsync(deliverybot, "Environments");
        var row = deliverybot.Locator("li.environment", new() { HasTextRegex = readme.Says(step, "production") });
        await row.Locator("summary", new() { HasText = readme.Press(step, "Lock") }).ClickAsync();
        await row.GetByLabel("Why").FillAsync("stock-taking");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();
        await Expect(row).ToContainTextAsync("Locked by ada");
        await gitHub.GetByRole(AriaRole.Button, new() { Name = "Push", Exact = true }).ClickAsync();
        await Expect(row.Locator(".way")).ToContainTextAsync(readme.Says(step, "production is locked by ada: stock-taking."));
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new(readme.Press(step, "Unlock")) }).ClickAsync();
        await Expect(row.Locator(".act-confirm")).ToContainTextAsync(readme.Says(step, "That lock ends."));
        await row.Locator(".act-confirm button[type=submit]").ClickAsync();
        await Expect(row).ToContainTextAsync("up to date with main");
        await row.Locator("summary", new() { HasText = readme.Press(step, "Roll back") }).ClickAsync();
        await Expect(row).ToContainTextAsync(readme.Says(step, "production goes back to 1a2b3c4."));
    }

    private async Task LookCloserAsync()
    {
        await PressAsync(deliverybot, "Deployments");
        await deliverybot.Locator("a.line-title").First.ClickAsync();
        await SaysAsync(deliverybot, "What it brought");
        await SaysAsync(deliverybot, "What the gates said");
        await SaysAsync(deliverybot, "1a2b3c4 is the head of main.");
        await SaysAsync(deliverybot, "production is not locked.");
        await PressAsync(deliverybot, "Metrics");
        await Expect(deliverybot.Locator("main")).ToContainTextAsync("Deployment frequency");
        await PressAsync(deliverybot, "Activity");
        await SaysAsync(deliverybot, "locked", "tbody tr:nth-child(2)");
        await SaysAsync(deliverybot, "unlocked", "tbody tr:first-child");
    }

    private async Task ChangeTheFileAsync()
    {
        var file = gitHub.GetByLabel("The file");
        await PressAsync(gitHub, "Edit it");
        await file.FillAsync((await file.InputValueAsync()).Replace("required_contexts", "required_context", StringComparison.Ordinal));
        await PressAsync(gitHub, "Open a pull request");
        await Expect(gitHub.Locator("#pull-1")).ToContainTextAsync(readme.Says(step, "deliverybot/config failure"));
        await PressAsync(gitHub, "Merge");
        await Expect(gitHub.Locator("#pull-1")).ToContainTextAsync("merged");
        await PressAsync(deliverybot, "Config");
        await deliverybot.ReloadAsync();
        await SaysAsync(deliverybot, "One fault. Nothing is deployed until the file is mended.");
        await SaysAsync(deliverybot, "did you mean required_contexts?");
        await gitHub.GetByRole(AriaRole.Link, new() { Name = "Edit it" }).ClickAsync();
        await file.FillAsync((await file.InputValueAsync()).Replace("required_context:", "required_contexts:", StringComparison.Ordinal));
        await PressAsync(gitHub, "Commit to main");
        await Expect(gitHub.Locator("h1")).ToHaveTextAsync("acme/shop");
        await deliverybot.ReloadAsync();
        await SaysAsync(deliverybot, "1 target");
        await SaysAsync(deliverybot, "Try it");
    }

    private async Task CommentAndTagAsync()
    {
        await PressAsync(gitHub, "acme/web");
        var pull = gitHub.Locator("#pull-1");
        await Expect(pull).ToContainTextAsync(readme.Says(step, "Add a dark theme"));
        await CommentAsync(pull, readme.Type(step, "/deploy"));
        await Expect(pull).ToContainTextAsync("This is what /deploy would do with it now:");
        await CommentAsync(pull, readme.Type(step, "/deploy review"));
        await Expect(pull).ToContainTextAsync(readme.Says(step, "was deployed to review."));
        await gitHub.Locator("summary", new() { HasText = readme.Press(step, "Tag a commit, publish a release") }).ClickAsync();
        await gitHub.GetByLabel("Tag", new() { Exact = true }).FillAsync(readme.Type(step, "docs-1"));
        await PressAsync(gitHub, "Tag it");
        await OpenAsync("/acme/web/environments");
        await Expect(deliverybot.Locator("li.environment", new() { HasTextRegex = readme.Says(step, "docs") }).Locator(".live-title")).ToBeVisibleAsync();
    }

    private async Task BeAStrangerAsync()
    {
        await gitHub.Locator("summary", new() { HasText = readme.Press(step, "From a fork, by somebody who may not write") }).ClickAsync();
        await PressAsync(gitHub, "Fork and open");
        var pull = gitHub.Locator("#pull-3");
        await CommentAsync(pull, readme.Type(step, "/deploy review"), "sam");
        await Expect(pull).ToContainTextAsync("👎");
        await Expect(pull.Locator(".comment")).ToHaveCountAsync(1);
        await CommentAsync(pull, "/deploy review", "ada");
        await Expect(pull).ToContainTextAsync(readme.Says(step, "Pull request #3 comes from a fork, and .github/deploy.yml doesn't say \"forks: true\" for review."));
    }

    private async Task LoseGitHubAsync()
    {
        await gitHub.GotoAsync(new Uri(tryOut.StandIn, "/acme/shop").ToString());
        await SaysAsync(gitHub, "How it goes on");
        await PressAsync(gitHub, "is down");
        await gitHub.GetByLabel("Message").First.FillAsync("Sell tea");
        await gitHub.GetByRole(AriaRole.Button, new() { Name = "Push", Exact = true }).ClickAsync();
        await OpenAsync("/acme/shop");
        await SaysAsync(deliverybot, "GitHub doesn’t answer");
        await PressAsync(gitHub, "Let GitHub answer again");
        await Expect(gitHub.Locator(".trouble")).ToHaveCountAsync(0);
        await OpenAsync("/acme/shop");
        await Expect(Newest).ToContainTextAsync("Sell tea");
        await Expect(Newest).ToContainTextAsync("production live", new() { Timeout = 60_000 });
        await PressAsync(gitHub, "Webhook deliveries");
        await gitHub.GetByRole(AriaRole.Button, new() { Name = readme.Press(step, "Redeliver") }).First.ClickAsync();
        await Expect(gitHub.Locator(".delivery .tag").First).ToHaveTextAsync("again");
    }

    private async Task CreateRepositoriesAsync()
    {
        await CreateAsync(readme.Says(step, "attic").ToString(), "without the App");
        await PressAsync(gitHub, "See it in Deliverybot", exact: false);
        await SaysAsync(gitHub, "Deliverybot isn’t installed on this repository, and nothing is deployed from here.");
        await PressAsync(gitHub, "Install it at GitHub");
        await PressAsync(gitHub, "acme");
        await OpenAsync("/acme/attic");
        await ReloadUntilGoneAsync(deliverybot.Locator("#app-note"));
        await CreateAsync("cellar", "without .github/deploy.yml");
        await OpenAsync("/acme/cellar");
        await SaysAsync(deliverybot, "Nothing is deployed from here.");
        await PressAsync(deliverybot, "See a proposal for it");
        await PressAsync(deliverybot, "Create on GitHub", first: true, exact: false);
        await Expect(deliverybot.GetByLabel("The file")).ToBeVisibleAsync();
    }

    private async Task TypeIntoSlackAsync()
    {
        await gitHub.GotoAsync(new Uri(tryOut.StandIn, "/_/slack").ToString());
        await PressAsync(gitHub, "Add Deliverybot to this workspace");
        await gitHub.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await gitHub.GetByRole(AriaRole.Button, new() { Name = "ada" }).ClickAsync();
        await SaysAsync(gitHub, "Link these two accounts?");
        await PressAsync(gitHub, "Link them");
        await gitHub.GetByRole(AriaRole.Button, new() { NameRegex = new("Ada") }).ClickAsync();
        await gitHub.WaitForURLAsync(address => address.StartsWith(tryOut.Site.OriginalString, StringComparison.Ordinal));
        await gitHub.GotoAsync(new Uri(tryOut.StandIn, "/_/slack").ToString());
        foreach (var (typed, said) in new[] { ("help", "Deploy from here, as yourself"), ("status acme/shop", "production"), ("deploy acme/shop production", "was deployed to production") })
        {
            await gitHub.GetByLabel("/deliverybot").FillAsync(readme.Type(step, typed));
            await gitHub.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await gitHub.EvaluateAsync("document.activeElement.blur()");
            await Expect(gitHub.Locator(".said-in").First).ToContainTextAsync(said);
        }

        await SaysAsync(gitHub, "only ada sees this");
    }

    private async Task MayOnlyReadAsync()
    {
        await OpenAsync("/acme/shop");
        await deliverybot.GetByLabel("Account of ada").ClickAsync();
        await PressAsync(deliverybot, "Sign out");
        await Expect(deliverybot.GetByText("Sign in with GitHub").First).ToBeVisibleAsync();
        await OpenAsync("/acme/shop");
        await deliverybot.GetByRole(AriaRole.Button, new() { NameRegex = new(readme.Press(step, "Rita Reader")) }).ClickAsync();
        await SaysAsync(deliverybot, "Deploying needs write access to the repository at GitHub.");
        await Expect(Newest.GetByRole(AriaRole.Button, new() { Name = "Deploy" })).ToBeDisabledAsync();
        await OpenAsync("/acme/vault");
        await SaysAsync(deliverybot, "There is nothing here that you can see");
    }

    private async Task CreateAsync(string name, string how)
    {
        if (how == "without the App")
        {
            readme.Press(step, "New repository");
        }

        await gitHub.GotoAsync(new Uri(tryOut.StandIn, "/_/new").ToString());
        await gitHub.GetByLabel("Name").FillAsync(name);
        await gitHub.GetByLabel(readme.Press(step, how)).CheckAsync();
        await gitHub.GetByRole(AriaRole.Button, new() { Name = "Create repository" }).ClickAsync();
    }

    private static async Task CommentAsync(ILocator pull, string text, string? login = null)
    {
        await pull.GetByLabel("Comment").FillAsync(text);
        if (login is not null)
        {
            await pull.Locator("select[name=login]").First.SelectOptionAsync(login);
        }

        await pull.GetByRole(AriaRole.Button, new() { Name = "Comment" }).ClickAsync();
    }

    /// <summary>What this page says changes when Deliverybot has heard of it; it isn't one of those that change by themselves.</summary>
    private async Task ReloadUntilGoneAsync(ILocator note)
    {
        var began = Stopwatch.GetTimestamp();
        while (await note.CountAsync() > 0)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await deliverybot.ReloadAsync();
        }
    }

    private Task<IResponse?> OpenAsync(string address) => deliverybot.GotoAsync(new Uri(tryOut.Site, address).ToString());

    private async Task PressAsync(IPage page, string words, bool first = false, bool exact = true)
    {
        readme.Press(step, words);
        var shown = page.GetByRole(AriaRole.Link, new() { Name = words, Exact = exact }).Or(page.GetByRole(AriaRole.Button, new() { Name = words, Exact = exact }));
        await (first || words == "Merge" ? shown.First : shown).ClickAsync();
    }

    private Task SaysAsync(IPage page, string words, string where = "main") => Expect(page.Locator(where)).ToContainTextAsync(readme.Says(step, words));
}
