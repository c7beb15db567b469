using Deliverybot.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Deliverybot.Tests.Browser;

/// <summary>The newcomer's path, as the README tells it.</summary>
public sealed class NewcomerTests(House house, Chromium chromium) : IClassFixture<House>, IClassFixture<Chromium>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        """;

    [Fact]
    public async Task Sign_in_deploy_a_commit_push_another_and_watch_it_go_live_without_reloading()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        await using var context = await chromium.Browser.NewContextAsync();
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add(message.Text);
            }
        };

        await page.GotoAsync(house.SiteUrl.ToString());
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Sign in") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("ada") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new(repository.Name) }).First.ClickAsync();

        var tea = page.Locator("li.commit", new() { HasText = "Sell tea" });
        await tea.Locator("summary", new() { HasText = "Deploy" }).ClickAsync();
        await tea.GetByLabel("Force").CheckAsync();
        await tea.GetByRole(AriaRole.Button, new() { Name = "Deploy" }).ClickAsync();
        await Expect(tea.Locator(".act-confirm")).ToContainTextAsync("Force overrules");
        await tea.GetByRole(AriaRole.Button, new() { Name = "Force" }).ClickAsync();
        await house.EventuallyAsync(() => Task.FromResult(repository.Deployments.Count == 1), "tea is deployed");
        var made = house.World.Read(_ => repository.Deployments.ToList()).ShouldHaveSingleItem();
        house.World.SetDeploymentStatus(repository, made, "success", house.Ada);
        await Expect(tea.Locator(".badge-state")).ToContainTextAsync("live");

        await page.EvaluateAsync("window.neverReloaded = true");
        var sha = house.World.Push(repository, "main", house.Ada, "Sell coffee");
        var coffee = page.Locator("li.commit", new() { HasText = "Sell coffee" });
        await Expect(coffee.Locator(".badge-state")).ToContainTextAsync("waiting");
        await Expect(coffee.Locator(".badge-state")).ToContainTextAsync("ci");
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        await house.EventuallyAsync(() => Task.FromResult(repository.Deployments.Count == 2), "coffee is deployed");
        house.World.SetDeploymentStatus(repository, repository.Deployments.Single(deployment => deployment.Sha == sha), "success", house.Ada);
        await Expect(coffee.Locator(".badge-state")).ToContainTextAsync("live");

        (await page.EvaluateAsync<bool>("window.neverReloaded === true")).ShouldBeTrue();
        errors.ShouldBeEmpty();
    }
}
