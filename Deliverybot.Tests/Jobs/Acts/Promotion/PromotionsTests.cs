using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Promotion;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Promotion;

public sealed class PromotionsTests(House house) : IClassFixture<House>
{
    private const string Promotion = "deliverybot/promotion";
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [deliverybot/promotion]\n";

    [Fact]
    public async Task A_promotion_lets_the_commit_go_out()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea");
        (await acts.Shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);

        var outcome = await PromoteAsync(acts, sha);
        var again = await PromoteAsync(acts, sha);

        outcome.ShouldEndAs(ActEnd.Done).Sentence.ToString().ShouldBe($"{sha[..7]} was promoted by ada.");
        again.ShouldEndAs(ActEnd.Already).Sentence.ToString().ShouldBe($"{sha[..7]} is promoted already. Promoted by ada.");
        (await acts.Shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        acts.Shop.StatusesOf(sha, Promotion).ShouldBe(["success: Promoted by ada."]);
        acts.Shop.World.Read(_ => acts.Shop.Repository.Statuses.Single(status => status.Context == Promotion).TargetUrl)
            .ShouldBe($"{house.SiteUrl}{acts.Name}/commit/{sha}");
        var entry = (await acts.ActivityAsync()).ShouldHaveSingleItem();
        (entry.Act, entry.Sha).ShouldBe((ActivityKind.Promoted, new CommitSha(sha)));
    }

    [Fact]
    public async Task Where_no_target_waits_for_it_nothing_is_promoted()
    {
        var acts = new ActDriver(house, "production: {}\n");
        var sha = acts.Shop.Push("Tea");

        (await PromoteAsync(acts, sha)).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe("No target of .github/deploy.yml requires deliverybot/promotion, so there is nothing to promote.");
        acts.Shop.StatusesOf(sha, Promotion).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_commit_of_a_fork_is_not_promoted()
    {
        var acts = new ActDriver(house, DeployFile);
        var fork = house.World.Fork(acts.Shop.Repository, house.Rita);
        var sha = house.World.Push(fork, "main", house.Rita, "From outside");

        (await PromoteAsync(acts, sha)).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe($"main doesn't contain the commit {sha[..7]}.");
    }

    private static Task<ActResult> PromoteAsync(ActDriver acts, string sha) =>
        acts.ActAsync<Promotions>(ActDriver.Ada, (promotions, actor) => promotions.PromoteAsync(
            actor,
            new PromotionRequest
            {
                Sha = new CommitSha(sha),
                Source = new CommitSource.LookedAt(GitRef.Branch("main")),
            },
            ActDriver.Stop));
}
