using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Locks;
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
    public async Task What_goes_on_by_itself_is_told_and_what_does_not()
    {
        var acts = new ActDriver(house, DeployFile + "canary:\n  environment: canary\n  auto_deploy_on: refs/heads/main\n  required_contexts: [deliverybot/promotion, ci]\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, actor) => act.LockAsync(actor, new LockRequest { Environment = new EnvironmentName("canary") }, ActDriver.Stop));
        await HeldByAsync("Lock");
        var kept = await PreviewAsync(acts, sha);
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, actor) => act.UnlockAsync(actor, new EnvironmentName("canary"), seen: null, ActDriver.Stop));
        await HeldByAsync("Checks");
        var free = await PreviewAsync(acts, sha);

        var promoted = await PromoteAsync(acts, sha);

        kept.ShouldBe([$"{sha[..7]} goes to production by itself.", $"canary is locked by grace: {sha[..7]} waits there until that ends."], ignoreOrder: true);
        free.ShouldBe([$"{sha[..7]} goes to production by itself.", $"{sha[..7]} goes to canary by itself once it has ci, too."], ignoreOrder: true);
        var goesOn = promoted.Hints.ShouldHaveSingleItem().ShouldBeOfType<ActHint.GoesOn>();
        goesOn.IsUnderWay.ShouldBeTrue();
        free.ShouldAllBe(told => goesOn.What.ToString().Contains(told));
        (await PreviewAsync(acts, sha)).ShouldBeEmpty("it is promoted already");

        Task HeldByAsync(string gate) => house.EventuallyAsync(
            async () => (await acts.Shop.RowsAsync()).Single(row => row.Target.Value == "canary").Gate == gate, $"canary is held by {gate}");
    }

    [Fact]
    public async Task Where_the_end_of_a_lock_alone_lets_nothing_go_what_else_holds_it_is_told_and_what_to_watch()
    {
        var acts = new ActDriver(house, $"staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n{DeployFile}  after: [staging]\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, actor) => act.LockAsync(actor, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));
        var waiting = await acts.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Lock");

        var promoted = await PromoteAsync(acts, sha);

        promoted.Hints.ShouldHaveSingleItem().ShouldBeOfType<ActHint.GoesOn>().What.ToString().ShouldBe(
            $"production is locked by grace: {sha[..7]} waits there until that ends, and then: {sha[..7]} has not succeeded at staging yet.");
        promoted.Deployment.ShouldBe(waiting.Id);
    }

    [Fact]
    public async Task Where_nothing_waits_for_it_that_is_said()
    {
        var acts = new ActDriver(house, "production:\n  required_contexts: [deliverybot/promotion]\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();

        var goesOn = (await PromoteAsync(acts, sha)).Hints.ShouldHaveSingleItem().ShouldBeOfType<ActHint.GoesOn>();

        (goesOn.What.ToString(), goesOn.IsUnderWay).ShouldBe(($"Nothing waits for it now: {sha[..7]} needs no other promotion where it is deployed later.", false));
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

    private static async Task<List<string>> PreviewAsync(ActDriver acts, string sha)
    {
        IReadOnlyList<Sentence>? told = null;
        await acts.ActAsync<Promotions>(ActDriver.Ada, async (promotions, actor) =>
        {
            told = await promotions.PreviewAsync(
                actor, new PromotionRequest { Sha = new CommitSha(sha), Source = new CommitSource.LookedAt(GitRef.Branch("main")) }, ActDriver.Stop);
            return new ActResult(ActEnd.Nothing, $"Nothing was done", Sentence.Empty);
        });
        return [.. (told ?? []).Select(sentence => sentence.ToString())];
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
