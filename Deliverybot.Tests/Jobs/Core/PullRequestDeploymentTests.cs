using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Acts;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

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

        outcome.ShouldEndAs(ActEnd.UnderWay);
        acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments.Single()).Ref.ShouldBe("tea");
        var row = await acts.Shop.RowAsync(sha);
        (row.Via, row.PullRequest, row.NeedsUserToken()).ShouldBe((DeploymentVia.Comment, new PullRequestNumber(1), false));
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
        await acts.Shop.SettleAsync();

        (await DeployAsync(acts, "production", older, named: true)).ShouldEndAs(ActEnd.UnderWay);
        (await DeployAsync(acts, "production", stranger, named: true)).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe($"Pull request #1 doesn't contain the commit {stranger[..7]}.");
        acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments.Single()).Ref.ShouldBe(older);
    }

    [Fact]
    public async Task A_fork_is_deployed_only_where_the_target_says_so_and_the_commit_is_named()
    {
        var acts = new ActDriver(house, DeployFile);
        var (fork, older, sha) = OpenFork(acts);

        (await DeployAsync(acts, "production", sha, named: true)).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe("Pull request #1 comes from a fork, and .github/deploy.yml doesn't say \"forks: true\" for production.");
        (await DeployAsync(acts, "review", sha)).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe($"Pull request #1 comes from a fork: name the commit that you have looked at, {sha[..7]}.");
        (await DeployAsync(acts, "review", older, named: true)).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe($"{older[..7]} is not the head of pull request #1, which comes from a fork: that is {sha[..7]}.");
        (await DeployAsync(acts, "review", sha, named: true)).ShouldEndAs(ActEnd.UnderWay);

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

        (again.End, again.Deployment, again.Say()).ShouldBe((once.End, once.Deployment, once.Say()));
        acts.Shop.Deployed.ShouldBe([sha]);
        (await acts.ActivityAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_force_overrode_is_recorded()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");

        (await DeployAsync(acts, "checked", sha)).ShouldEndAs(ActEnd.Refused);
        (await DeployAsync(acts, "checked", sha, force: true)).ShouldEndAs(ActEnd.UnderWay);

        var entry = (await acts.ActivityAsync()).ShouldHaveSingleItem();
        (entry.Act, entry.Detail.ToString()).ShouldBe((ActivityKind.Forced, "Overridden: ci (no result yet)."));
    }

    private (Repository Fork, string Older, string Sha) OpenFork(ActDriver acts)
    {
        var fork = house.World.Fork(acts.Shop.Repository, house.World.CreateUser($"stranger-{Guid.NewGuid():N}"));
        var older = house.World.Push(fork, "main", fork.Owner, "Tea");
        var sha = house.World.Push(fork, "main", fork.Owner, "Green tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "main", fork.Owner, "Tea", headRepository: fork);
        return (fork, older, sha);
    }

    private static Task<ActResult> DeployAsync(
        ActDriver acts, string target, string sha, bool named = false, bool force = false, WebhookDeliveryGuid? delivery = null) =>
        acts.ActAsync<ManualDeployments>(ActDriver.Ada, async (deployments, actor) => await deployments.RequestAsync(
            actor,
            new ManualRequest
            {
                Target = new TargetName(target),
                Sha = new CommitSha(sha),
                Source = new CommitSource.NamedIn((await actor.GitHub.PullRequests.GetAsync(new PullRequestNumber(1), ActDriver.Stop)).ShouldNotBeNull(), DateTimeOffset.UtcNow, named),
                Via = DeploymentVia.Comment,
                Force = force,
                Delivery = delivery,
            },
            ActDriver.Stop));
}
