using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A transient environment ends with its pull request, also where a push or a person deployed the branch.</summary>
public sealed class TransientBranchTests(House house) : IClassFixture<House>
{
    private const string Pushed = "review:\n  auto_deploy_on: refs/heads/*\n  environment: review-${{ ref }}\n  transient_environment: true\n";
    private const string ByHand = "review:\n  environment: review-${{ ref }}\n  transient_environment: true\n";

    [Fact]
    public async Task What_pushes_deployed_becomes_inactive()
    {
        var wishes = new RepositoryDriver(house, Pushed.Replace("refs/heads/*", "[pr, refs/heads/feature/*]", StringComparison.Ordinal));
        var first = wishes.Push("Tea", "feature/tea");
        await wishes.SettleAsync();
        var pull = house.World.OpenPullRequest(wishes.Repository, "feature/tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-feature/tea", first, "success");
        var second = wishes.Push("Green tea", "feature/tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-feature/tea", second, "success");

        house.World.ClosePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldAllBe(made => made.State == "inactive");
        (await wishes.RowsAsync()).Where(row => row.State == DeploymentState.Inactive).Select(row => (row.Sha.Value, row.Reason?.ToString()))
            .ShouldBe([(first, "Pull request #1 was closed."), (second, "Pull request #1 was closed.")]);
    }

    [Fact]
    public async Task What_a_person_deployed_from_the_page_becomes_inactive()
    {
        var wishes = new RepositoryDriver(house, ByHand);
        var sha = wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{wishes.Repository.FullName}/deploy", ("target", "review"), ("sha", sha), ("ref", "tea"));
        ((int)answer.StatusCode).ShouldBe(303);
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");

        house.World.MergePullRequest(wishes.Repository, pull, house.Ada);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("inactive");
    }

    [Fact]
    public async Task Without_a_pull_request_it_ends_when_the_branch_is_deleted()
    {
        var wishes = new RepositoryDriver(house, Pushed);
        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");
        var calls = wishes.CallsTo("git/ref");

        house.World.DeleteBranch(wishes.Repository, "tea", house.Ada);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("inactive");
        var row = (await wishes.RowsAsync()).ShouldHaveSingleItem();
        (row.State, row.Reason?.ToString()).ShouldBe((DeploymentState.Inactive, "tea was deleted."));
        wishes.CallsTo("git/ref").ShouldBe(calls + 1, "the name may have come back");
    }

    [Fact]
    public async Task A_tags_ends_when_the_tag_is_deleted()
    {
        var wishes = new RepositoryDriver(house, Pushed.Replace("refs/heads/*", "refs/tags/*", StringComparison.Ordinal));
        house.World.CreateTag(wishes.Repository, "v1", wishes.Repository.Head, house.Ada);
        await wishes.SettleAsync();
        wishes.Repository.Deployments.ShouldHaveSingleItem().Environment.ShouldBe("review-v1");

        house.World.DeleteTag(wishes.Repository, "v1", house.Ada);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("inactive");
    }

    [Fact]
    public async Task A_branch_that_has_come_back_before_its_deletion_is_told_keeps_it()
    {
        var wishes = new RepositoryDriver(house, Pushed);
        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");
        house.World.Webhooks.Paused = true;
        house.World.DeleteBranch(wishes.Repository, "tea", house.Ada);
        house.World.SetBranch(wishes.Repository, "tea", sha, house.Ada);
        house.World.Webhooks.Paused = false;
        await wishes.SettleAsync();

        wishes.Repository.Deployments[0].State.ShouldBe("success");
    }

    [Fact]
    public async Task It_stays_while_another_pull_request_of_the_branch_is_open()
    {
        var wishes = new RepositoryDriver(house, Pushed);
        house.World.SetBranch(wishes.Repository, "next", wishes.Repository.Head, house.Ada);
        var sha = wishes.Push("Tea", "tea");
        var one = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Now");
        var other = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Next", baseBranch: "next");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");

        house.World.ClosePullRequest(wishes.Repository, one, house.Ada);
        await wishes.SettleAsync();
        wishes.Repository.Deployments.Last(made => made.Environment == "review-tea").State.ShouldBe("success");

        house.World.ClosePullRequest(wishes.Repository, other, house.Ada);
        await wishes.SettleAsync();
        wishes.Repository.Deployments.Last(made => made.Environment == "review-tea").State.ShouldBe("inactive");
    }

    [Fact]
    public async Task What_one_pull_request_deployed_stays_while_another_of_its_branch_is_open_there()
    {
        var wishes = new RepositoryDriver(house, Pushed.Replace("refs/heads/*", "pr", StringComparison.Ordinal));
        house.World.SetBranch(wishes.Repository, "next", wishes.Repository.Head, house.Ada);
        var sha = wishes.Push("Tea", "tea");
        var one = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Now");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");
        var other = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Next", baseBranch: "next");
        await wishes.SettleAsync();

        house.World.ClosePullRequest(wishes.Repository, one, house.Ada);
        await wishes.SettleAsync();
        wishes.Repository.Deployments.Last(made => made.Environment == "review-tea").State.ShouldBe("success");

        house.World.ClosePullRequest(wishes.Repository, other, house.Ada);
        await wishes.SettleAsync();
        wishes.Repository.Deployments.Last(made => made.Environment == "review-tea").State.ShouldBe("inactive");
    }

    [Fact]
    public async Task A_forks_branch_of_the_same_name_and_the_default_branch_end_nothing()
    {
        var wishes = new RepositoryDriver(house, Pushed);
        var fork = house.World.Fork(wishes.Repository, house.World.CreateUser("stranger"));
        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-tea", sha, "success");
        house.World.SetBranch(wishes.Repository, "release", wishes.Repository.Head, house.Ada);
        var head = wishes.Push("Green tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review-main", head, "success");
        house.World.Push(fork, "tea", fork.Owner, "Evil tea");
        var fromFork = house.World.OpenPullRequest(wishes.Repository, "tea", fork.Owner, "Tea", headRepository: fork);
        var release = house.World.OpenPullRequest(wishes.Repository, "main", house.Ada, "Release", baseBranch: "release");
        await wishes.SettleAsync();

        house.World.ClosePullRequest(wishes.Repository, fromFork, house.Ada);
        house.World.MergePullRequest(wishes.Repository, release, house.Ada);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.Where(made => made.State == "inactive").ShouldBeEmpty();
    }
}
