using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Rules;

/// <summary>A file that is called <c>deploy.yaml</c> isn't read; whoever writes it, asks for a deployment, or opens the config page is told.</summary>
public sealed class MisnamedFileTests(House house) : IClassFixture<House>
{
    private const string Config = "deliverybot/config";
    private const string File = "production: { environment: production }\n";
    private const string Workflow = "on: push\njobs: { build: { runs-on: x } }\n";

    [Fact]
    public async Task The_commit_that_brings_it_is_told()
    {
        var shop = new RepositoryDriver(house, File);

        var renamed = Push(shop, (".github/deploy.yml", null), (".github/deploy.yaml", File));
        await shop.SettleAsync();
        shop.StatusesOf(renamed, Config)[^1].ShouldBe("failure: .github/deploy.yaml isn't read: call it .github/deploy.yml.");

        var back = Push(shop, (".github/deploy.yml", File), (".github/deploy.yaml", null));
        await shop.SettleAsync();
        shop.StatusesOf(back, Config).ShouldBe(["success: 1 target"]);
    }

    [Fact]
    public async Task Beside_a_file_of_the_right_name_or_as_a_workflow_it_is_nobodys_business()
    {
        var shop = new RepositoryDriver(house, File);
        var beside = Push(shop, (".github/deploy.yaml", File));
        await shop.SettleAsync();
        shop.StatusesOf(beside, Config).ShouldBeEmpty();

        Push(shop, (".github/deploy.yml", null));
        var workflow = Push(shop, (".github/deploy.yaml", Workflow));
        await shop.SettleAsync();
        shop.StatusesOf(workflow, Config).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_asks_is_told_and_so_is_who_opens_the_config_page()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }\n");
        Push(talk.Shop, (".github/deploy.yml", null), (".github/deploy.yaml", File));
        await talk.Shop.SettleAsync();

        (await talk.AskAsync("/deploy production")).ShouldContain("the file must be called .github/deploy.yml: rename it.");
        (await talk.AskAsync("/deploy")).ShouldContain("the file must be called .github/deploy.yml: rename it.");
        using var rita = await house.SignInAsync("rita");
        (await rita.OpenAsync($"/{talk.Repository.FullName}/config")).QuerySelector("#misnamed")!.TextContent.ShouldContain("which isn’t read");
    }

    [Fact]
    public async Task A_push_without_any_file_costs_one_call_as_before()
    {
        var shop = new RepositoryDriver(house, File);
        Push(shop, (".github/deploy.yml", null), (".github/deploy.yaml", File));
        await shop.SettleAsync();
        var before = shop.Calls.Count;

        shop.Push("Sell tea");
        await shop.SettleAsync();

        shop.Calls.Skip(before).ShouldBe([RepositoryDriver.Contents]);
    }

    private string Push(RepositoryDriver shop, params (string Path, string? Text)[] files) =>
        shop.World.Push(shop.Repository, "main", house.Ada, "Rules", files.ToDictionary(file => file.Path, file => file.Text));
}
