using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Rules;

/// <summary>The head of a pull request that changes <c>deploy.yml</c> is told whether the file is sound, each once.</summary>
public sealed class ProposedRulesTests(House house) : IClassFixture<House>
{
    private const string Config = "deliverybot/config";
    private const string Files = RepositoryDriver.Query;
    private const string Rules = "production: {}\n";
    private const string Broken = "production:\n  auto_deploy: x\n";

    [Fact]
    public async Task What_its_push_has_told_is_not_told_again()
    {
        var shop = new RepositoryDriver(house, Rules);
        var sha = shop.PushDeployFile(Broken, "tea");
        await shop.SettleAsync();

        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Config).ShouldHaveSingleItem().ShouldStartWith("failure: ");
        shop.Calls.ShouldNotContain(Files);
    }

    [Fact]
    public async Task A_later_head_that_leaves_the_file_alone_is_told_too()
    {
        var shop = new RepositoryDriver(house, Rules);
        shop.PushDeployFile(Broken, "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.SettleAsync();

        var second = shop.Push("Something else", "tea");
        await shop.SettleAsync();
        shop.StatusesOf(second, Config).ShouldHaveSingleItem().ShouldStartWith("failure: ");

        var third = shop.PushDeployFile(Rules + "staging: {}\n", "tea");
        await shop.SettleAsync();
        shop.StatusesOf(third, Config).ShouldBe(["success: 2 targets"]);
    }

    [Fact]
    public async Task A_branch_that_takes_its_change_back_costs_one_question_and_none_after()
    {
        var shop = new RepositoryDriver(house, Rules);
        shop.PushDeployFile(Broken, "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.SettleAsync();
        shop.PushDeployFile(Rules, "tea");
        await shop.SettleAsync();

        var last = shop.Push("Something else", "tea");
        await shop.SettleAsync();
        shop.StatusesOf(last, Config).ShouldBeEmpty();
        var asked = shop.Calls.Count(call => call == Files);
        shop.Push("More of it", "tea");
        await shop.SettleAsync();

        shop.Calls.Count(call => call == Files).ShouldBe(asked);
    }

    [Fact]
    public async Task A_pull_request_that_leaves_the_file_alone_is_asked_about_when_it_is_opened_and_never_after()
    {
        var shop = new RepositoryDriver(house, Rules);
        shop.Push("Tea", "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.SettleAsync();

        var head = shop.Push("Green tea", "tea");
        await shop.SettleAsync();

        shop.Calls.Count(call => call == Files).ShouldBe(1);
        shop.StatusesOf(head, Config).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_branch_from_before_the_App_came_is_told_when_its_pull_request_is_opened()
    {
        var organisation = house.World.CreateOrganisation("early", house.Ada);
        var repository = house.World.CreateRepository(organisation, "shop", new Dictionary<string, string> { ["README.md"] = "Tea" });
        var sha = house.World.Push(repository, "rules", house.Ada, "Rules", new Dictionary<string, string?> { [".github/deploy.yml"] = Broken });
        house.World.Install(organisation);
        var id = new RepositoryId(repository.Id);
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == id)), "the repository is known");

        house.World.OpenPullRequest(repository, "rules", house.Ada, "Rules");

        await house.EventuallyAsync(
            () => Task.FromResult(house.World.Read(_ => repository.Statuses.Any(status => status.Sha == sha && status.Context == Config))),
            "the head is told");
    }
}
