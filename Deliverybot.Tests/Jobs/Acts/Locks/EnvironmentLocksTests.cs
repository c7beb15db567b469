using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Locks;

public sealed class EnvironmentLocksTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        prod-eu:
          environment: Production-EU
        review:
          environment: review-${{ pr }}
        """;

    [Fact]
    public async Task A_lock_says_who_and_why_and_holds_what_events_wish_for()
    {
        var acts = new ActDriver(house, DeployFile);

        var outcome = await LockAsync(acts, "PRODUCTION", ActDriver.Ada, "  stock-\n taking ");
        var sha = acts.Shop.Push("Tea");
        var row = await acts.Shop.SettledAsync(sha);

        outcome.ShouldEndAs(ActEnd.Done).Sentence.ToString().ShouldBe("production is locked by ada: stock- taking.");
        (row.State, row.Gate, row.Reason?.ToString()).ShouldBe((DeploymentState.Waiting, "Lock", "production is locked by ada: stock- taking."));
        var entry = (await acts.ActivityAsync()).ShouldHaveSingleItem();
        (entry.Act, entry.Actor, entry.Detail.ToString()).ShouldBe((ActivityKind.Locked, acts.Writer(ActDriver.Ada), "stock- taking"));
    }

    [Fact]
    public async Task Anybody_who_may_write_unlocks_and_what_was_held_goes_out()
    {
        var acts = new ActDriver(house, DeployFile);
        await LockAsync(acts, "production", ActDriver.Ada, "stock-taking");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();

        var outcome = await UnlockAsync(acts, "Production", ActDriver.Grace);

        outcome.ShouldEndAs(ActEnd.Done).Sentence.ToString().ShouldBe("grace unlocked production, which ada had locked: stock-taking.");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        (await acts.LocksAsync()).ShouldBeEmpty();
        (await acts.ActivityAsync())[^1].Act.ShouldBe(ActivityKind.Unlocked);
        (await UnlockAsync(acts, "production", ActDriver.Grace)).ShouldEndAs(ActEnd.Nothing).Sentence.ToString().ShouldBe("production is not locked.");
    }

    [Fact]
    public async Task Whatever_a_wish_has_waited_for_a_lock_is_what_holds_it_from_then_on()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Waiting);
        await acts.Shop.SettleAsync();
        await SaysAsync("Waiting for ci (no result yet).");
        var calls = acts.Shop.Calls.Count;

        await LockAsync(acts, "production", ActDriver.Ada, "stock-taking");
        await SaysAsync("production is locked by ada: stock-taking.");
        acts.Shop.Calls.Skip(calls).ShouldNotContain(RepositoryDriver.Create, "the lock decides before GitHub would");
        await LockAsync(acts, "production", ActDriver.Ada, "still counting");
        await SaysAsync("production is locked by ada: still counting.");
        await UnlockAsync(acts, "production", ActDriver.Ada);
        await SaysAsync("Waiting for ci (no result yet).");

        Task SaysAsync(string reason) => house.EventuallyAsync(async () => (await acts.Shop.RowAsync(sha)).Reason?.ToString() == reason, reason);
    }

    [Fact]
    public async Task Ones_own_lock_is_renewed_and_anothers_is_refused()
    {
        var acts = new ActDriver(house, DeployFile);
        await LockAsync(acts, "production", ActDriver.Ada, "stock-taking", TimeSpan.FromHours(2));

        var other = await LockAsync(acts, "production", ActDriver.Grace, "mine");
        var own = await LockAsync(acts, "production", ActDriver.Ada, "still counting");

        other.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldMatch(
            "^production is locked by ada until .* UTC: stock-taking\\. To take it over, unlock it first\\.$");
        own.ShouldEndAs(ActEnd.Done).Sentence.ToString().ShouldBe("Renewed: production is locked by ada: still counting.");
        var held = (await acts.LocksAsync()).ShouldHaveSingleItem();
        (held.Until, held.Reason).ShouldBe((null, "still counting"));
    }

    [Fact]
    public async Task A_lock_ends_at_its_time_by_a_job_of_its_own()
    {
        var acts = new ActDriver(house, DeployFile);
        await LockAsync(acts, "production", ActDriver.Ada, "a moment", TimeSpan.FromMilliseconds(100));
        await house.EventuallyAsync(async () => (await acts.LocksAsync()).Count == 0, "the lock has ended");
        await LockAsync(acts, "production", ActDriver.Ada, "a day", TimeSpan.FromDays(1));
        var held = (await acts.LocksAsync()).ShouldHaveSingleItem();
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();

        await acts.AsAppAsync<LockEnds, bool>(async (ends, _) =>
        {
            await ends.ExpireAsync(held.Id, held.Until!.Value, ActDriver.Stop);
            return true;
        });

        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
    }

    [Fact]
    public async Task Of_many_who_lock_at_once_one_holds()
    {
        var acts = new ActDriver(house, DeployFile);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(person => LockAsync(acts, "production", Somebody.Called($"person-{person}"), "mine")));

        outcomes.Where(outcome => outcome.End == ActEnd.Done).ShouldHaveSingleItem();
        outcomes.Count(outcome => outcome.End == ActEnd.Refused).ShouldBe(5);
        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("produktion", "There is no environment produktion: did you mean production?")]
    [InlineData("elsewhere", "There is no environment elsewhere: there are production, Production-EU.")]
    [InlineData("prod-eu", "prod-eu is a target. Its environment is Production-EU.")]
    [InlineData("review", "review is a target whose environment is a template, review-${{ pr }}. Name one of the environments that this gives.")]
    public async Task An_environment_that_nobody_knows_is_not_locked(string environment, string reason)
    {
        var acts = new ActDriver(house, DeployFile);

        (await LockAsync(acts, environment, ActDriver.Ada, "")).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe(reason);
        (await UnlockAsync(acts, environment, ActDriver.Ada)).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe(reason);
    }

    [Fact]
    public async Task An_environment_that_a_template_gave_can_be_locked()
    {
        var acts = new ActDriver(house, "review:\n  auto_deploy_on: pr\n  environment: Review-${{ pr }}\n");
        var sha = acts.Shop.Push("Tea", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);

        (await LockAsync(acts, "review-1", ActDriver.Ada, "")).ShouldEndAs(ActEnd.Done).Sentence.ToString().ShouldBe("Review-1 is locked by ada.");
    }

    [Fact]
    public async Task A_lock_that_is_too_long_is_refused()
    {
        var acts = new ActDriver(house, DeployFile);

        (await LockAsync(acts, "production", ActDriver.Ada, new string('x', 201))).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe("The reason has 201 characters. Say it in 200.");
        (await LockAsync(acts, "production", ActDriver.Ada, "", TimeSpan.FromHours(721))).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe("A lock holds for at most 720 hours, or without an end until somebody unlocks.");
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "Pull request #1 was merged.")]
    [InlineData(false, "Pull request #1 was closed.")]
    public async Task A_lock_that_was_taken_in_a_pull_request_ends_with_it(bool merge, string reason)
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/live\n");
        acts.Shop.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Ada, (locks, actor) => locks.LockAsync(
            actor, Request("production", "") with { PullRequest = new PullRequestNumber(1) }, ActDriver.Stop));
        var sha = acts.Shop.Push("Live", "live");
        (await acts.Shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);

        if (merge)
        {
            house.World.MergePullRequest(acts.Shop.Repository, pull, house.Ada);
        }
        else
        {
            house.World.ClosePullRequest(acts.Shop.Repository, pull, house.Ada);
        }

        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        (await acts.LocksAsync()).ShouldBeEmpty();
        var entry = (await acts.ActivityAsync())[^1];
        (entry.Act, entry.Actor.Login, entry.Detail.ToString()).ShouldBe((ActivityKind.Unlocked, ActDriver.Ada.Login, reason));
    }

    private static Task<ActResult> LockAsync(ActDriver acts, string environment, GitHubUser by, string reason, TimeSpan? time = null) =>
        acts.ActAsync<EnvironmentLocks>(by, (locks, actor) =>
            locks.LockAsync(actor, Request(environment, reason) with { For = time }, ActDriver.Stop));

    private static Task<ActResult> UnlockAsync(ActDriver acts, string environment, GitHubUser by) =>
        acts.ActAsync<EnvironmentLocks>(by, (locks, actor) =>
            locks.UnlockAsync(actor, new EnvironmentName(environment), seen: null, ActDriver.Stop));

    private static LockRequest Request(string environment, string reason) => new() { Environment = new EnvironmentName(environment), Reason = reason };
}
