using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.PullRequests;

/// <summary>A pull request from a fork is told whether its <c>deploy.yml</c> is sound; none of its rules is followed.</summary>
public sealed class ForkRulesTests(House house) : IClassFixture<House>
{
    private const string Rules = "review:\n  auto_deploy_on: pr\n";
    private const string Config = "deliverybot/config";
    private const string Files = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";

    [Theory]
    [InlineData("review: {}\nmore: {}\n", "success: 2 targets")]
    [InlineData("review:\n  task: 7.5.1\n  tusk: deploy\n", "failure: ")]
    public async Task A_changed_file_is_judged_at_the_head_and_nothing_is_deployed(string file, string beginning)
    {
        var (shop, sha) = await OpenAsync(new Dictionary<string, string?> { [".github/deploy.yml"] = file });

        shop.StatusesOf(sha, Config).ShouldHaveSingleItem().ShouldStartWith(beginning);
        shop.Calls.ShouldBe([Files, RepositoryDriver.Contents, RepositoryDriver.WriteStatus]);
        shop.Deployed.ShouldBeEmpty();
        (await shop.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pull_request_that_leaves_the_file_alone_costs_one_call()
    {
        var (shop, sha) = await OpenAsync(new Dictionary<string, string?> { ["tea.txt"] = "Tea" });

        shop.StatusesOf(sha, Config).ShouldBeEmpty();
        shop.Calls.ShouldBe([Files]);
    }

    [Fact]
    public async Task New_commits_are_judged_too()
    {
        var (shop, _) = await OpenAsync(new Dictionary<string, string?> { [".github/deploy.yml"] = "review: {}\n" });
        var fork = shop.Repository.PullRequests[0].HeadRepository;

        var newer = house.World.Push(fork, "tea", fork.Owner, "More", new Dictionary<string, string?> { [".github/deploy.yml"] = "review:\n  tusk: deploy\n" });
        await shop.SettleAsync();

        shop.StatusesOf(newer, Config).ShouldHaveSingleItem().ShouldStartWith("failure: ");
    }

    private async Task<(RepositoryDriver Shop, string Sha)> OpenAsync(Dictionary<string, string?> files)
    {
        var shop = new RepositoryDriver(house, Rules);
        var fork = house.World.Fork(shop.Repository, house.World.CreateUser($"stranger-{Guid.NewGuid():N}"));
        var sha = house.World.Push(fork, "tea", fork.Owner, "Tea", files);
        house.World.OpenPullRequest(shop.Repository, "tea", fork.Owner, "Tea", headRepository: fork);
        await shop.SettleAsync();
        return (shop, sha);
    }
}
