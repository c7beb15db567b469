using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>Events of a pull request may come in any order: where they contradict each other, GitHub says how it stands.</summary>
public sealed class LatePullRequestTests(House house) : IClassFixture<House>
{
    private const string Review = "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n  transient_environment: true\n";
    private const string Get = "GET /repos/{owner}/{repo}/pulls/{pull_number}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_commits_that_are_told_after_the_closing_are_not_deployed(bool lasting)
    {
        var wishes = new RepositoryDriver(house, lasting ? "review:\n  auto_deploy_on: pr\n" : Review);
        var first = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync(lasting ? "production" : "review-1", first, "success");
        var late = await LoseAsync("synchronize", () => wishes.Push("Green tea", "tea"));
        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        house.World.Webhooks.Redeliver(late);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().Sha.ShouldBe(first);
        (await wishes.RowsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_closing_that_is_told_after_the_reopening_ends_nothing()
    {
        var wishes = new RepositoryDriver(house, Review);
        var sha = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-1", sha, "success");
        var late = await LoseAsync("closed", () => house.World.ClosePullRequest(wishes.Repository, pull, house.Ada));
        house.World.ReopenPullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        house.World.Webhooks.Redeliver(late);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("success");
        await wishes.AwaitAsync("review", sha, DeploymentState.Superseded);
    }

    [Fact]
    public async Task GitHub_is_asked_when_there_is_something_to_end_and_once_after_a_reopening()
    {
        var wishes = new RepositoryDriver(house, Review);
        var first = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-1", first, "success");
        wishes.Push("Green tea", "tea");
        await wishes.SettleAsync();
        Asked(wishes).ShouldBe(0);

        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();
        Asked(wishes).ShouldBe(1);

        house.World.ReopenPullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();
        var newest = wishes.Push("Black tea", "tea");
        await wishes.SettleAsync();
        Asked(wishes).ShouldBe(2);
        wishes.Made[^1].ShouldBe($"review-1:{newest}");
    }

    [Fact]
    public async Task A_closing_that_has_nothing_to_end_costs_no_call()
    {
        var wishes = new RepositoryDriver(house, "production: {}\n");
        wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();

        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        Asked(wishes).ShouldBe(0);
    }

    private int Asked(RepositoryDriver wishes) => house.GitHub.Requests.All.Count(call =>
        call.Path.Contains($"/{wishes.Repository.Name}/", StringComparison.Ordinal) && $"{call.Method} {call.Route}" == Get);

    /// <summary>Does something at a GitHub whose App doesn't listen.</summary>
    private async Task<WebhookDelivery> LoseAsync(string action, Action act)
    {
        var url = house.World.Webhooks.Url;
        house.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        act();
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        house.World.Webhooks.Url = url;
        return house.World.Webhooks.Deliveries.Last(sent => sent.Event == "pull_request" && sent.Action == action);
    }
}
