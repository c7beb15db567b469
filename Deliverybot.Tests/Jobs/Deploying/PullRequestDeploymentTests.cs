using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Deploying;

/// <summary>What a person deploys by a word in a pull request: the App carries it out, and the pull request vouches for the commit.</summary>
public sealed class PullRequestDeploymentTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        "production: {}\nreview:\n  environment: review-${{ ref }}\n  forks: true\nchecked:\n  environment: staging\n  required_contexts: [ci]\n";

    [Fact]
    public async Task The_head_is_deployed_by_its_branch_and_asks_GitHub_for_no_comparison()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");

        var outcome = await DeployAsync(acts, "production", sha);

        outcome.ShouldBeOfType<ManualOutcome.Deployed>();
        acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments.Single()).Ref.ShouldBe("tea");
        var row = await acts.Shop.RowAsync(sha);
        (row.Trigger, row.PullRequest, row.NeedsUserToken()).ShouldBe((DeploymentTrigger.Comment, new PullRequestNumber(1), false));
        acts.Shop.Calls.ShouldNotContain(call => call.Contains("compare", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_commit_of_it_is_deployed_by_its_sha_and_a_stranger_is_not()
    {
        var acts = new ActDriver(house, DeployFile);
        var older = acts.Shop.Push("Tea", "tea");
        acts.Shop.Push("Green tea", "tea");
        var stranger = acts.Shop.Push("Coffee", "coffee");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");

        (await DeployAsync(acts, "production", older, named: true)).ShouldBeOfType<ManualOutcome.Deployed>();
        (await DeployAsync(acts, "production", stranger, named: true)).ShouldBeOfType<ManualOutcome.Unknown>()
            .Reason.ShouldBe($"Pull request #1 doesn't contain the commit {stranger[..7]}.");
        acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments.Single()).Ref.ShouldBe(older);
    }

    [Fact]
    public async Task A_fork_is_deployed_only_where_the_target_says_so_and_the_commit_is_named()
    {
        var acts = new ActDriver(house, DeployFile);
        var (fork, older, sha) = OpenFork(acts);

        (await DeployAsync(acts, "production", sha, named: true)).ShouldBeOfType<ManualOutcome.Unknown>()
            .Reason.ShouldBe("Pull request #1 comes from a fork, and .github/deploy.yml doesn't say \"forks: true\" for production.");
        (await DeployAsync(acts, "review", sha)).ShouldBeOfType<ManualOutcome.Unknown>()
            .Reason.ShouldBe($"Pull request #1 comes from a fork: name the commit that you have looked at, {sha[..7]}.");
        (await DeployAsync(acts, "review", older, named: true)).ShouldBeOfType<ManualOutcome.Unknown>()
            .Reason.ShouldBe($"{older[..7]} is not the head of pull request #1, which comes from a fork: that is {sha[..7]}.");
        (await DeployAsync(acts, "review", sha, named: true)).ShouldBeOfType<ManualOutcome.Deployed>();

        var made = acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments.Single());
        (made.Ref, made.Sha).ShouldBe((sha, sha));
        made.Environment.ShouldBe($"review-{sha}");
        (await acts.Shop.RowAsync(sha)).Ref.ShouldBeNull();
        fork.ForkOf.ShouldBe(acts.Shop.Repository);
    }

    [Fact]
    public async Task A_command_that_is_processed_again_deploys_once()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        var delivery = new WebhookDeliveryGuid(Guid.NewGuid());

        var once = await DeployAsync(acts, "production", sha, delivery: delivery);
        var again = await DeployAsync(acts, "production", sha, delivery: delivery);

        again.ShouldBe(once);
        acts.Shop.Deployed.ShouldBe([sha]);
        (await acts.ActivityAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_force_overrode_is_recorded()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");

        (await DeployAsync(acts, "checked", sha)).ShouldBeOfType<ManualOutcome.Refused>();
        (await DeployAsync(acts, "checked", sha, force: true)).ShouldBeOfType<ManualOutcome.Deployed>();

        var entry = (await acts.ActivityAsync()).ShouldHaveSingleItem();
        (entry.Act, entry.Detail).ShouldBe((ActivityAct.Forced, "Checks are overridden."));
    }

    private (Repository Fork, string Older, string Sha) OpenFork(ActDriver acts)
    {
        var fork = house.World.Fork(acts.Shop.Repository, house.World.CreateUser($"stranger-{Guid.NewGuid():N}"));
        var older = house.World.Push(fork, "main", fork.Owner, "Tea");
        var sha = house.World.Push(fork, "main", fork.Owner, "Green tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "main", fork.Owner, "Tea", headRepository: fork);
        return (fork, older, sha);
    }

    private static Task<ManualOutcome> DeployAsync(
        ActDriver acts, string target, string sha, bool named = false, bool force = false, WebhookDeliveryGuid? delivery = null) =>
        acts.AsAppAsync<ManualDeployments, ManualOutcome>(async (deployments, github) => await deployments.RequestAsync(
            new ManualRequest
            {
                RepositoryId = acts.Id,
                Repository = acts.Name,
                Target = new TargetName(target),
                Sha = new CommitSha(sha),
                Source = new CommitSource.NamedIn((await github.PullRequests.GetAsync(new PullRequestNumber(1), ActDriver.Stop)).ShouldNotBeNull(), DateTimeOffset.UtcNow, named),
                Trigger = DeploymentTrigger.Comment,
                By = ActDriver.Ada,
                Force = force,
                Delivery = delivery,
            },
            github,
            ActDriver.Stop));
}
