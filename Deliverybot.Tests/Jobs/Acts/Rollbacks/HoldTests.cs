using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Rollbacks;

/// <summary>What ends the hold that a rollback leaves: something newer of the same target, once it has succeeded.</summary>
public sealed class HoldTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        "production:\n  auto_deploy_on: refs/heads/main\ncanary:\n  environment: production\n  auto_deploy_on: refs/heads/canary\n";

    [Fact]
    public async Task A_person_who_deploys_forward_ends_the_hold()
    {
        var (acts, _) = await RolledBackAsync();
        var older = acts.Shop.Push("Four");
        var held = acts.Shop.Push("Five");
        await acts.Shop.SettleAsync();

        await DeployAsync(acts, "production", older);
        var (meanwhile, waiting) = (await acts.LocksAsync(), await acts.Shop.RowAsync(held));
        await acts.SucceedAsync(older);

        meanwhile.ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
        waiting.Gate.ShouldBe("Lock");
        await acts.Shop.EventuallyAsync(held, DeploymentState.Pending);
        (await acts.LocksAsync()).ShouldBeEmpty();
        (await acts.ActivityAsync()).ShouldContain(entry =>
            entry.Act == ActivityKind.Unlocked && entry.Detail == "Deployed forward: it was held since ada rolled it back.");
    }

    [Fact]
    public async Task A_hold_that_has_come_to_begin_later_is_not_ended_by_what_was_judged_before()
    {
        var (acts, live) = await RolledBackAsync();
        var judged = (await acts.LocksAsync()).ShouldHaveSingleItem();
        await house.ExecuteAsync($"update environment_locks set rolled_back_from = '{new string('a', 40)}' where id = {judged.Id}");
        await using var scope = house.Services.CreateAsyncScope();

        await scope.ServiceProvider.GetRequiredService<HoldEnds>().EndAsync(judged, await acts.Shop.RowAsync(live[0]), ActDriver.Stop);

        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("production", 0)]
    [InlineData("production", 1)]
    [InlineData("production", 2)]
    [InlineData("canary", 3)]
    public async Task What_is_not_newer_or_of_another_target_ends_no_hold(string target, int which)
    {
        var (acts, live) = await RolledBackAsync();
        var held = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        string[] commits = [.. live, held];

        (await DeployAsync(acts, target, commits[which])).ShouldEndAs(ActEnd.UnderWay);
        await acts.SucceedAsync(commits[which]);
        await AskedAsync(acts, commits[which]);

        (await acts.LocksAsync()).ShouldHaveSingleItem();
        acts.Shop.Deployed.Count(sha => sha == held).ShouldBe(which == 3 ? 1 : 0);
        (await acts.Shop.RowsAsync()).Single(row => row.Sha.Value == held && row.Cause == DeploymentCause.Push).Gate.ShouldBe("Lock");
    }

    [Fact]
    public async Task A_commit_beside_the_branch_ends_none_and_its_head_does_where_it_was_set_back()
    {
        var (acts, live) = await RolledBackAsync();
        house.World.SetBranch(acts.Shop.Repository, "beside", live[0], house.Ada);
        var beside = acts.Shop.Push("Beside", "beside");
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", beside, "beside");
        await acts.SucceedAsync(beside);
        await AskedAsync(acts, beside);
        var before = await acts.LocksAsync();

        var head = house.World.ForcePush(acts.Shop.Repository, "main", house.Ada, "Three, mended", live[1]);
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", head);
        await acts.SucceedAsync(head);
        await AskedAsync(acts, head);

        before.ShouldHaveSingleItem();
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fails_or_is_denied_ends_no_hold()
    {
        var (acts, _) = await RolledBackAsync();
        var next = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        house.GitHub.Faults.Add(Creating(acts) with { ErrorShare = 1, ErrorStatus = 422, Times = 1 });
        await DeployAsync(acts, "production", next);
        var denied = await acts.LocksAsync();
        await DeployAsync(acts, "production", next);
        acts.Shop.Report(next, "failure");
        await acts.Shop.SettleAsync();
        await AskedAsync(acts, next);

        denied.ShouldHaveSingleItem();
        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Where_two_targets_were_rolled_back_only_unlocking_ends_the_hold()
    {
        var (acts, live) = await RolledBackAsync();
        foreach (var sha in live[..2])
        {
            await DeployAsync(acts, "canary", sha);
            await acts.SucceedAsync(sha);
        }

        var outcome = await RollBackAsync(acts, "canary");
        await acts.SucceedAsync(live[0]);
        var next = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", next);
        await acts.SucceedAsync(next);
        await AskedAsync(acts, next);

        outcome.Sentence.ToString().ShouldEndWith("Automatic deployments are held until somebody unlocks it.");
        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_board_and_the_form_say_what_ends_it()
    {
        var (acts, live) = await RolledBackAsync();
        using var ada = await house.SignInAsync("ada");

        (await ada.OpenAsync($"/{acts.Shop.Repository.FullName}/environments")).Body!.TextContent
            .ShouldContain($"until somebody unlocks it, or has deployed something newer than {live[2][..7]}");
        (await ada.OpenAsync($"/{acts.Shop.Repository.FullName}/environments?handler=Form&act=deploy&environment=production")).QuerySelector(".target-line")!.TextContent
            .ShouldContain($"Events stay held there: {live[2][..7]} is what was rolled back from.");
        (await ada.OpenFormAsync(acts.Shop.Repository)).QuerySelector(".target-line")!.TextContent
            .ShouldContain($"Events stay held there: {live[2][..7]} is what was rolled back from.");
    }

    [Fact]
    public async Task Whoever_deploys_is_told_what_becomes_of_the_hold()
    {
        var (acts, live) = await RolledBackAsync();
        var next = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();

        (await DeployAsync(acts, "production", live[0])).Say().ShouldBe($"On its way to production. Events stay held there: {live[0][..7]} is not newer than {live[2][..7]}.");
        (await DeployAsync(acts, "canary", next)).Say().ShouldBe("On its way to canary. Events stay held there until somebody unlocks production.");
        (await DeployAsync(acts, "production", next)).Say().ShouldBe("On its way to production. Events are held there no longer once it has succeeded.");
        await acts.SucceedAsync(next);
        await AskedAsync(acts, next);
        (await DeployAsync(acts, "production", live[0])).Say().ShouldBe("On its way to production.");
    }

    [Fact]
    public async Task Whoever_ends_the_hold_by_it_is_told_what_goes_out_by_itself_then()
    {
        var (acts, _) = await RolledBackAsync();
        var next = acts.Shop.Push("Four");
        var head = acts.Shop.Push("Five");
        await acts.Shop.SettleAsync();

        (await DeployAsync(acts, "production", next)).Say().ShouldBe(
            $"On its way to production. Events are held there no longer once it has succeeded. {head[..7]} waits for it, and may go out at once then.");
    }

    [Fact]
    public async Task Whoever_writes_a_command_is_told_that_the_commit_is_older_or_live_already()
    {
        var (acts, live) = await RolledBackAsync();

        (await DeployAsync(acts, "production", live[1], via: DeploymentVia.Slack)).Say()
            .ShouldStartWith($"On its way to production. {live[1][..7]} is live in production already: it is deployed once more. Events stay held there: ");
        await acts.SucceedAsync(live[1]);
        (await DeployAsync(acts, "production", live[0], via: DeploymentVia.Comment)).Say()
            .ShouldStartWith($"On its way to production. {live[0][..7]} is older than {live[1][..7]}, which is live in production: 1 commit leaves it. Events stay held there: ");
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    public async Task Where_an_older_commit_was_rolled_back_only_what_is_newer_than_where_it_went_ends_the_hold(string came)
    {
        var acts = new ActDriver(house, DeployFile);
        var old = acts.Shop.Push("Zero");
        await acts.Shop.EventuallyAsync(old, DeploymentState.Pending);
        acts.Shop.Report(old, "failure");
        string[] live = [await acts.GoLiveAsync("One"), await acts.GoLiveAsync("Two"), await acts.GoLiveAsync("Three")];
        await DeployAsync(acts, "production", old);
        acts.Shop.Report(old, came);
        await acts.Shop.SettleAsync();

        var outcome = await RollBackAsync(acts, "production");
        (await acts.WentToAsync(outcome)).ShouldBe(live[2]);
        await acts.SucceedAsync(live[2]);
        var held = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        var older = await DeployAsync(acts, "production", live[1]);
        await acts.SucceedAsync(live[1]);
        await AskedAsync(acts, live[1]);

        outcome.Sentence.ToString().ShouldEndWith($"or has deployed something newer than {live[2][..7]}.");
        older.Sentence.ToString().ShouldBe($"Events stay held there: {live[1][..7]} is not newer than {live[2][..7]}.");
        (await acts.LocksAsync()).ShouldHaveSingleItem();
        (await acts.Shop.RowAsync(held)).Gate.ShouldBe("Lock");
        (await acts.ActivityAsync()).ShouldNotContain(entry => entry.Act == ActivityKind.Unlocked);
    }

    [Fact]
    public async Task What_was_rolled_back_once_more_doesnt_end_the_hold_when_it_succeeds_late()
    {
        var (acts, live) = await RolledBackAsync();
        var held = acts.Shop.Push("Four");
        var left = acts.Shop.Push("Five");
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", left);

        var outcome = await RollBackAsync(acts, "production");
        await acts.SucceedAsync(live[1]);
        await acts.SucceedAsync(left);
        await AskedAsync(acts, left);

        outcome.Sentence.ToString().ShouldEndWith($"or has deployed something newer than {left[..7]}.");
        (await acts.LocksAsync()).ShouldHaveSingleItem();
        acts.Shop.Deployed.ShouldNotContain(held);
    }

    [Fact]
    public async Task Before_GitHub_is_asked_for_a_rollback_the_hold_begins_from_what_that_leaves()
    {
        var (acts, _) = await RolledBackAsync();
        var left = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", left);
        Task<List<EnvironmentLock>>? meanwhile = null;
        house.GitHub.Faults.Add(Creating(acts) with { Meanwhile = () => (meanwhile = acts.LocksAsync()).Wait(ActDriver.Stop), Times = 1 });

        await RollBackAsync(acts, "production");

        (await meanwhile!).ShouldHaveSingleItem().EndsAfter?.Value.ShouldBe(left);
        (await acts.LocksAsync()).ShouldHaveSingleItem().EndsAfter?.Value.ShouldBe(left);
    }

    [Fact]
    public async Task A_rollback_that_comes_to_nothing_lets_the_hold_begin_where_it_began_before()
    {
        var (acts, live) = await RolledBackAsync();
        var left = acts.Shop.Push("Four");
        await acts.Shop.SettleAsync();
        await DeployAsync(acts, "production", left);
        house.GitHub.Faults.Add(Creating(acts) with { ErrorShare = 1, ErrorStatus = 422, Times = 1 });

        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.Refused);
        var before = (await acts.LocksAsync()).ShouldHaveSingleItem();
        await RollBackAsync(acts, "production");

        (before.EndsAfter, before.ProlongedAt).ShouldBe((new CommitSha(live[2]), null));
        (await acts.LocksAsync()).ShouldHaveSingleItem().EndsAfter?.Value.ShouldBe(left);
    }

    private static FaultRule Creating(ActDriver acts) =>
        new() { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{acts.Shop.Repository.FullName}/" };

    /// <summary>Three commits went live, and the third was rolled back.</summary>
    private async Task<(ActDriver Acts, string[] Live)> RolledBackAsync()
    {
        var acts = new ActDriver(house, DeployFile);
        string[] live = [await acts.GoLiveAsync("One"), await acts.GoLiveAsync("Two"), await acts.GoLiveAsync("Three")];
        await RollBackAsync(acts, "production");
        await acts.SucceedAsync(live[1]);
        return (acts, live);
    }

    private static Task<ActResult> RollBackAsync(ActDriver acts, string place) =>
        acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor, new RollbackRequest { Place = place, Via = DeploymentVia.Web }, ActDriver.Stop));

    private static Task<ActResult> DeployAsync(ActDriver acts, string target, string sha, string branch = "main", DeploymentVia via = DeploymentVia.Web) =>
        acts.ActAsync<ManualDeployments>(ActDriver.Grace, (deployments, actor) => deployments.RequestAsync(
            actor,
            new ManualRequest
            {
                Target = new TargetName(target),
                Sha = new CommitSha(sha),
                Source = new CommitSource.LookedAt(GitRef.Branch(branch)),
                Via = via,
            },
            ActDriver.Stop));

    /// <summary>Whether the newest deployment of a commit ends a hold is asked by a job: it is run here, whether or not it has run by itself.</summary>
    private async Task AskedAsync(ActDriver acts, string sha)
    {
        var row = await acts.Shop.RowAsync(sha);
        await house.RunAsync<DeployedForwardJob>((job, stop) => job.RunAsync("production", row.Id.Value, stop));
    }
}
