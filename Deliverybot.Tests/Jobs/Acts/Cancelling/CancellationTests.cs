using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Cancelling;

public sealed class CancellationTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: [refs/heads/main, pr]\n  required_contexts: [ci]\n";

    [Fact]
    public async Task What_waits_is_cancelled_and_its_commit_says_so()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea");
        var wish = await acts.Shop.SettledAsync(sha);

        var outcome = await CancelAsync(acts, wish.Id);
        var again = await CancelAsync(acts, wish.Id);

        outcome.Sentence.ToString().ShouldBe("Cancelled by ada.");
        outcome.ShouldEndAs(ActEnd.Done).Deployment.ShouldBe(wish.Id);
        again.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe($"{sha[..7]} doesn't wait for production any more: it was cancelled.");
        (await acts.Shop.RowAsync(sha)).Reason.ShouldBe("Cancelled by ada.");
        await house.EventuallyAsync(
            () => Task.FromResult(acts.Shop.StatusesOf(sha, "deliverybot/production") is [.., "error: Not deployed: Cancelled by ada."]), "the commit says so");
        var entry = (await acts.ActivityAsync()).ShouldHaveSingleItem();
        (entry.Act, entry.DeploymentId, entry.Detail.ToString()).ShouldBe((ActivityKind.Cancelled, wish.Id, $"It waited: {wish.Reason}"));
    }

    [Fact]
    public async Task What_a_pull_request_has_waiting_is_cancelled_by_its_target()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await acts.Shop.SettleAsync();

        (await CancelAsync(acts, 1, "nothing")).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe("Pull request #1 has nothing that waits for nothing.");
        (await CancelAsync(acts, 2, "production")).ShouldEndAs(ActEnd.Unknown);
        (await CancelAsync(acts, 1, "production")).ShouldEndAs(ActEnd.Done);
        (await CancelAsync(acts, 1, "production")).ShouldEndAs(ActEnd.Refused);
        (await acts.Shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Cancelled);
    }

    [Fact]
    public async Task What_waits_for_a_target_is_cancelled_by_name_and_of_several_environments_one_is_named()
    {
        var acts = new ActDriver(house, DeployFile + "review:\n  environment: review-${{ pr }}\n  auto_deploy_on: pr\n  required_contexts: [ci]\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettledAsync(sha);
        foreach (var branch in new[] { "green", "black" })
        {
            acts.Shop.Push(branch, branch);
            house.World.OpenPullRequest(acts.Shop.Repository, branch, house.Ada, branch);
            await acts.Shop.SettleAsync();
        }

        var several = await CancelAsync(acts, "review");
        var one = await CancelAsync(acts, "review-2");
        var all = await CancelAsync(acts, "production");

        several.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe("review waits in 2 environments: review-1, review-2.");
        one.ShouldEndAs(ActEnd.Done);
        all.ShouldEndAs(ActEnd.Done);
        (await acts.Shop.RowsAsync()).Where(row => row.State == DeploymentState.Waiting).ShouldHaveSingleItem().Environment.Value.ShouldBe("review-1");
        (await CancelAsync(acts, "production")).ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldContain("doesn't wait for production any more");
        (await CancelAsync(acts, "nothing")).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe("Nothing waits for nothing.");
    }

    [Fact]
    public async Task Another_repositorys_wish_is_unknown()
    {
        var (acts, others) = (new ActDriver(house, DeployFile), new ActDriver(house, DeployFile));
        var wish = await others.Shop.SettledAsync(others.Shop.Push("Tea"));

        (await CancelAsync(acts, wish.Id)).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe($"There is no deployment {wish.Id} here.");
    }

    private static Task<ActResult> CancelAsync(ActDriver acts, DeploymentId id) =>
        acts.ActAsync<Cancellations>(ActDriver.Ada, (cancellations, actor) => cancellations.CancelAsync(actor, id, ActDriver.Stop));

    private static Task<ActResult> CancelAsync(ActDriver acts, string named) =>
        acts.ActAsync<Cancellations>(ActDriver.Ada, (cancellations, actor) => cancellations.CancelAsync(actor, named, ActDriver.Stop));

    private static Task<ActResult> CancelAsync(ActDriver acts, int pullRequest, string target) =>
        acts.ActAsync<Cancellations>(ActDriver.Ada, (cancellations, actor) => cancellations.CancelAsync(
            actor, new PullRequestNumber(pullRequest), new TargetName(target), ActDriver.Stop));
}
