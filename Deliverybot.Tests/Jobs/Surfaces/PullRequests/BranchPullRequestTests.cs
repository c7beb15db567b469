using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;
using Deployment = Deliverybot.Data.Deploying.Deployment;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A person who deploys a pull request's branch from its page, or by Slack, gets what a comment in the pull request gets.</summary>
public sealed class BranchPullRequestTests(House house) : IClassFixture<House>
{
    private const string File =
        """
        review:
          environment: review-${{ pr }}
          description: ${{ pull_request.title }}
          transient_environment: true
        staging:
          environment: staging
        """;

    private const string ListPulls = "GET /repos/{owner}/{repo}/pulls";

    [Fact]
    public async Task The_page_of_the_branch_knows_the_pull_request_and_closing_that_ends_it()
    {
        var (shop, sha, pull) = await OpenAsync();
        using var ada = await house.SignInAsync("ada");
        (await FormAsync(ada, shop)).QuerySelectorAll(".target-line")[0].TextContent.ShouldContain("Ready");

        (await DeployAsync(ada, shop, "review", sha)).ShouldBe(303);
        await shop.SettleAsync();

        var row = (await shop.RowsAsync()).ShouldHaveSingleItem();
        ShouldBelong(row, pull);
        var made = shop.World.Read(_ => shop.Repository.Deployments.ToList()).ShouldHaveSingleItem();
        made.Description.ShouldBe("Sell tea");
        shop.Report(sha, "success");
        await shop.SettleAsync();
        house.World.ClosePullRequest(shop.Repository, pull, house.Ada);
        await shop.SettleAsync();
        (await shop.RowsAsync()).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Inactive);
    }

    [Fact]
    public async Task Slack_knows_it_too()
    {
        var (shop, sha, pull) = await OpenAsync();
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");

        await slack.AskAsync("ada", $"deploy {shop.Repository.FullName}@tea review");

        ShouldBelong(await shop.SettledAsync(sha), pull);
    }

    [Fact]
    public async Task GitHub_is_asked_only_where_it_makes_a_difference()
    {
        var (shop, sha, _) = await OpenAsync();
        using var ada = await house.SignInAsync("ada");

        (await DeployAsync(ada, shop, "staging", sha)).ShouldBe(303);
        shop.Calls.ShouldNotContain(ListPulls);
        (await DeployAsync(ada, shop, "review", sha)).ShouldBe(303);
        shop.Calls.Count(call => call == ListPulls).ShouldBe(1);
    }

    [Fact]
    public async Task Of_several_the_one_into_the_default_branch_is_meant_and_a_forks_never()
    {
        var (shop, sha, pull) = await OpenAsync();
        shop.Push("Release", "release");
        var fork = house.World.Fork(shop.Repository, house.World.CreateUser($"stranger-{Guid.NewGuid():N}"));
        house.World.Push(fork, "tea", fork.Owner, "Evil tea");
        house.World.OpenPullRequest(shop.Repository, "tea", fork.Owner, "Evil tea", headRepository: fork);
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Backport", baseBranch: "release");
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        (await DeployAsync(ada, shop, "review", sha)).ShouldBe(303);

        ShouldBelong(await shop.RowAsync(sha), pull);
    }

    [Fact]
    public async Task A_branch_without_one_says_so_and_nothing_is_kept()
    {
        var (shop, sha, pull) = await OpenAsync();
        house.World.ClosePullRequest(shop.Repository, pull, house.Ada);
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        (await DeployAsync(ada, shop, "review", sha)).ShouldBe(409);

        (await shop.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_rolls_a_preview_back_from_the_board_leaves_it_to_its_pull_request()
    {
        var (shop, first, pull) = await OpenAsync();
        using var ada = await house.SignInAsync("ada");
        await DeployAsync(ada, shop, "review", first);
        await shop.SettleAsync();
        shop.Report(first, "success");
        var second = shop.Push("Sell green tea", "tea");
        await shop.SettleAsync();
        await DeployAsync(ada, shop, "review", second);
        await shop.SettleAsync();
        shop.Report(second, "success");
        await shop.SettleAsync();

        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/rollback", ("target", $"review-{pull.Number}"));
        ((int)answer.StatusCode).ShouldBe(303);
        await shop.SettleAsync();

        var back = (await shop.RowsAsync())[^1];
        (back.Act, back.Access).ShouldBe((DeploymentAct.Rollback, DeploymentAccess.Person));
        ShouldBelong(back, pull);
    }

    private static void ShouldBelong(Deployment row, PullRequest pull)
    {
        row.PullRequest.ShouldBe(new PullRequestNumber(pull.Number));
        row.Environment.Value.ShouldBe($"review-{pull.Number}");
    }

    private async Task<(RepositoryDriver Shop, string Sha, PullRequest Pull)> OpenAsync()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell tea", "tea");
        var pull = house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Sell tea");
        await shop.SettleAsync();
        return (shop, sha, pull);
    }

    private static async Task<int> DeployAsync(HttpClient ada, RepositoryDriver shop, string target, string sha)
    {
        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", target), ("sha", sha), ("ref", "tea"));
        return (int)answer.StatusCode;
    }

    private static async Task<IHtmlDocument> FormAsync(HttpClient ada, RepositoryDriver shop)
    {
        var page = await ada.OpenAsync($"/{shop.Repository.FullName}/branch/tea");
        return await ada.OpenAsync(page.QuerySelector("details.deploy [hx-get]")!.GetAttribute("hx-get")!);
    }
}
