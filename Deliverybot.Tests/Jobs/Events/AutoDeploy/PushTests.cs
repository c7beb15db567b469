using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class PushTests(House house) : IClassFixture<House>
{
    private const string Simple =
        """
        production:
          auto_deploy_on: refs/heads/main
        """;

    private const string Checked =
        """
        production:
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        """;

    [Fact]
    public async Task A_push_is_deployed_and_goes_live_when_its_status_comes_back()
    {
        var repository = house.CreateRepository(Simple);

        var sha = house.World.Push(repository, "main", house.Ada, "Sell tea");

        await EventuallyAsync(repository.Id, sha, DeploymentState.Pending);
        var made = house.World.Read(_ => repository.Deployments.ToList()).ShouldHaveSingleItem();
        made.Sha.ShouldBe(sha);
        made.Ref.ShouldBe("main");
        house.World.SetDeploymentStatus(repository, made, "success", house.Ada);
        await EventuallyAsync(repository.Id, sha, DeploymentState.Success);
        var row = (await DeploymentsAsync(repository.Id)).ShouldHaveSingleItem();
        row.Cause.ShouldBe(DeploymentCause.Push);
        row.RequestedBy.ShouldBe(new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada")));
        row.SucceededAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_push_waits_for_its_required_check_and_says_so()
    {
        var repository = house.CreateRepository(Checked);

        var sha = house.World.Push(repository, "main", house.Ada, "Sell coffee");

        await house.EventuallyAsync(
            async () => (await DeploymentsAsync(repository.Id)) is [{ State: DeploymentState.Waiting, Gate: "Checks" }], "the push waits for ci");
        (await DeploymentsAsync(repository.Id))[0].Reason.ShouldNotBeNull().ShouldContain("ci");
        house.World.SetStatus(repository, sha, "lint", "success", house.Ada);
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        await EventuallyAsync(repository.Id, sha, DeploymentState.Pending);
    }

    [Fact]
    public async Task A_newer_push_takes_the_place_of_one_that_waits()
    {
        var repository = house.CreateRepository(Checked);

        var older = house.World.Push(repository, "main", house.Ada, "One");
        var newer = house.World.Push(repository, "main", house.Ada, "Two");

        await EventuallyAsync(repository.Id, older, DeploymentState.Superseded);
        house.World.SetStatus(repository, older, "ci", "success", house.Ada);
        house.World.SetStatus(repository, newer, "ci", "success", house.Ada);
        await EventuallyAsync(repository.Id, newer, DeploymentState.Pending);
        house.World.Read(_ => repository.Deployments.Select(made => made.Sha).ToList()).ShouldBe([newer]);
    }

    [Fact]
    public async Task Deleting_the_branch_cancels_what_waits_for_it()
    {
        var repository = house.CreateRepository("preview:\n  auto_deploy_on: refs/heads/*\n  required_contexts: [ci]\n");
        var sha = house.World.Push(repository, "tea", house.Ada, "Tea");
        await house.EventuallyAsync(
            async () => (await DeploymentsAsync(repository.Id)) is [{ State: DeploymentState.Waiting, Gate: "Checks" }], "the push waits for ci");

        house.World.DeleteBranch(repository, "tea", house.Ada);

        await EventuallyAsync(repository.Id, sha, DeploymentState.Cancelled);
        (await DeploymentsAsync(repository.Id))[0].Reason.ShouldBe("tea was deleted.");
    }

    [Fact]
    public async Task A_commit_of_the_merge_queue_is_deployed_when_it_has_come_into_its_branch()
    {
        var shop = new RepositoryDriver(house, "preview:\n  auto_deploy_on: refs/heads/*\n  required_contexts: [ci]\n");
        var sha = shop.Push("Merge pull request #7", "gh-readonly-queue/main/pr-7-1a2b3c4");
        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        (await shop.RowsAsync()).ShouldBeEmpty();

        house.World.SetBranch(shop.Repository, "main", sha, house.Ada);
        house.World.DeleteBranch(shop.Repository, "gh-readonly-queue/main/pr-7-1a2b3c4", house.Ada);
        await shop.SettleAsync();

        (await shop.RowsAsync()).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Pending);
        shop.Deployed.ShouldBe([sha]);
    }

    [Fact]
    public async Task A_repository_without_a_deploy_yml_is_left_alone()
    {
        var repository = house.CreateRepository();

        house.World.Push(repository, "main", house.Ada, "Nothing to deploy");

        await house.EventuallyAsync(
            async () => await house.ReadAsync(db => db.RefHeads.AnyAsync(head => head.RepositoryId == new RepositoryId(repository.Id))), "the push was seen");
        (await DeploymentsAsync(repository.Id)).ShouldBeEmpty();
    }

    private Task EventuallyAsync(long repository, string sha, DeploymentState state) =>
        house.EventuallyAsync(
            async () => (await DeploymentsAsync(repository)).Exists(row => row.Sha == new CommitSha(sha) && row.State == state), $"{sha} is {state}");

    private Task<List<Deployment>> DeploymentsAsync(long repository) =>
        house.ReadAsync(db => db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == new RepositoryId(repository)).OrderBy(row => row.Id).ToListAsync());
}
