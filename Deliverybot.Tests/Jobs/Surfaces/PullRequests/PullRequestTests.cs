using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

public sealed class PullRequestTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          auto_deploy_on: pr
          environment: review-${{ pr }}
          transient_environment: true
        """;

    [Fact]
    public async Task A_pull_request_is_deployed_when_it_is_opened_and_with_each_new_commit()
    {
        var wishes = new RepositoryDriver(house, Review);
        var first = wishes.Push("Tea", "tea");

        house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea", draft: true);
        await wishes.SettleAsync();
        var second = wishes.Push("Green tea", "tea");
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"review-1:{first}", $"review-1:{second}"]);
        wishes.Repository.Deployments.ShouldAllBe(made => made.Ref == "tea");
        var rows = await wishes.RowsAsync();
        rows.ShouldAllBe(row => row.PullRequest == new PullRequestNumber(1) && row.Cause == DeploymentCause.PullRequest);
        wishes.CallsTo("git/ref").ShouldBe(0);
        wishes.CallsTo("pulls").ShouldBe(0);
        wishes.CallsTo("graphql").ShouldBe(1);
    }

    [Fact]
    public async Task A_pull_request_from_a_fork_is_never_deployed()
    {
        var wishes = new RepositoryDriver(house, Review);
        var fork = house.World.Fork(wishes.Repository, house.World.CreateUser("stranger"));
        house.World.Push(fork, "tea", fork.Owner, "Evil tea");

        house.World.OpenPullRequest(wishes.Repository, "tea", fork.Owner, "Tea", headRepository: fork);
        await wishes.SettleAsync();

        (await wishes.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_wants_pushes_and_pull_requests_deploys_a_commit_once()
    {
        var wishes = new RepositoryDriver(house, "review:\n  auto_deploy_on: [pr, refs/heads/*]\n  environment: review\n  required_contexts: [ci]\n");
        var first = wishes.Push("Tea", "tea");
        house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.PassAsync(first, "ci");
        var second = wishes.Push("Green tea", "tea");
        await wishes.SettleAsync();

        await wishes.PassAsync(second, "ci");

        wishes.Made.ShouldBe([$"review:{first}", $"review:{second}"]);
        (await wishes.RowsAsync()).ShouldNotContain(row => row.State == DeploymentState.Waiting);
    }

    [Fact]
    public async Task The_pull_request_is_fetched_only_for_a_template_that_uses_it()
    {
        var wishes = new RepositoryDriver(house, "review:\n  auto_deploy_on: pr\n  description: ${{ pull_request.title }}\n");
        wishes.Push("Tea", "tea");

        house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Sell tea");
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().Description.ShouldBe("Sell tea");
        wishes.CallsTo("GET /repos/{owner}/{repo}/pulls").ShouldBe(1);
    }

    [Fact]
    public async Task A_pull_request_cannot_loosen_its_own_gates()
    {
        var wishes = new RepositoryDriver(house, "review:\n  auto_deploy_on: pr\n  required_contexts: [ci]\n");
        var sha = house.World.Push(
            wishes.Repository, "tea", house.Ada, "Tea", new Dictionary<string, string?> { [".github/deploy.yml"] = "review:\n  auto_deploy_on: pr\n" });

        house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();

        (await wishes.AwaitAsync("review", sha, DeploymentState.Waiting)).Gate.ShouldBe("Checks");
        wishes.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task New_commits_take_the_place_of_those_that_wait()
    {
        var wishes = new RepositoryDriver(house, Review + "\n  required_contexts: [ci]\n");
        var older = wishes.Push("Tea", "tea");
        house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.AwaitAsync("review", older, DeploymentState.Waiting, "Checks");

        var newer = wishes.Push("Green tea", "tea");

        await wishes.AwaitAsync("review", older, DeploymentState.Superseded);
        await wishes.AwaitAsync("review", newer, DeploymentState.Waiting, "Checks");
    }

    [Theory]
    [InlineData(false, "Pull request #1 was closed.")]
    [InlineData(true, "Pull request #1 was merged.")]
    public async Task Closing_cancels_what_waits(bool merge, string reason)
    {
        var wishes = new RepositoryDriver(house, Review + "\n  required_contexts: [ci]\n");
        var sha = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.AwaitAsync("review", sha, DeploymentState.Waiting, "Checks");

        if (merge)
        {
            house.World.MergePullRequest(wishes.Repository, pull, house.Ada);
        }
        else
        {
            house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        }

        (await wishes.AwaitAsync("review", sha, DeploymentState.Cancelled)).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("1 minute")]
    [InlineData("0 minutes")]
    public async Task Closing_ends_an_attempt_that_GitHub_did_not_answer(string ago)
    {
        var wishes = new RepositoryDriver(house, "site:\n  auto_deploy_on: pr\n  environment: site\n");
        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();
        await house.ExecuteAsync($"insert into environment_locks (repository_id, environment, environment_key, kind, holder, reason, since) values ({wishes.Repository.Id}, 'site', 'site', 'Lock', 'grace', '', now())");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        var wish = await wishes.AwaitAsync("site", sha, DeploymentState.Waiting, "Lock");
        await house.ExecuteAsync($"delete from environment_locks where repository_id = {wishes.Repository.Id}");
        await house.ExecuteAsync($"update deployments set state = 'Creating', updated_at = now() - interval '{ago}' where id = {wish.Id.Value}");

        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);

        (await wishes.AwaitAsync("site", sha, DeploymentState.Cancelled)).Reason.ShouldBe("Pull request #1 was closed.");
        wishes.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_ends_its_own_transient_environments_and_reopening_deploys_again()
    {
        var wishes = new RepositoryDriver(house, Review + "\nlasting:\n  auto_deploy_on: pr\n  environment: lasting\n");
        var first = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-1", first, "success");
        await wishes.ReportAsync("lasting", first, "success");
        var other = wishes.Push("Coffee", "coffee");
        house.World.OpenPullRequest(wishes.Repository, "coffee", house.Ada, "Coffee");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-2", other, "success");
        await wishes.ReportAsync("lasting", other, "failure");

        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        var ended = wishes.Repository.Deployments.Where(made => made.State == "inactive").ShouldHaveSingleItem();
        ended.Environment.ShouldBe("review-1");
        ended.Statuses[^1].Description.ShouldBe("Pull request #1 was closed.");
        (await wishes.AwaitAsync("review", first, DeploymentState.Inactive)).EndedAt.ShouldNotBeNull();
        wishes.CallsTo("/deployments/{deployment_id}/statuses").ShouldBe(1);

        house.World.ReopenPullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();
        wishes.Made.Count(made => made == $"review-1:{first}").ShouldBe(2);
        wishes.Made.Count(made => made == $"lasting:{first}").ShouldBe(1);
    }

    [Fact]
    public async Task A_late_event_of_a_pull_request_that_was_closed_since_deploys_nothing()
    {
        var wishes = new RepositoryDriver(house, Review);
        wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();
        var before = wishes.Made.Count;
        var opened = house.World.Webhooks.Deliveries.Last(sent => sent is { Event: "pull_request", Action: "opened" });
        var body = System.Text.Json.Nodes.JsonNode.Parse(opened.Body.Span)!.AsObject();
        body["pull_request"]!["updated_at"] = "2020-01-01T00:00:00Z";

        house.World.Webhooks.Send("pull_request", "opened", opened.InstallationId, wishes.Repository.Id, body);
        await wishes.SettleAsync();

        wishes.Made.Count.ShouldBe(before);
    }
}
