using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Deploying;

/// <summary>What people ask for may wait: it goes out by itself, once it may and they still may.</summary>
public sealed class WaitingRequestTests(House house) : IClassFixture<House>
{
    private const string Production = "production: {}\n";
    private const string Role = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_waits_for_a_lock_and_goes_out_by_the_App_in_the_name_of_who_asked()
    {
        var (acts, sha) = await LockedAsync();

        var refused = await AskAsync(acts, sha, waits: false);
        var waiting = await AskAsync(acts, sha);
        var row = await acts.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Lock");
        await house.EventuallyAsync(
            () => Task.FromResult(acts.Shop.StatusesOf(sha, "deliverybot/production").Contains("pending: production is locked by grace.")), "the commit says so");
        var calls = acts.Shop.Calls.Count;
        await UnlockAsync(acts);
        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Pending);
        await acts.Shop.SettleAsync();

        (refused.End, refused.Sentence.ToString()).ShouldBe((ActEnd.Refused, "production is locked by grace."));
        refused.Hints.ShouldContain(hint => hint is ActHint.Wait);
        (waiting.End, waiting.Say()).ShouldBe((ActEnd.Waits, "It waits: production is locked by grace."));
        (row.Waits, row.Access, row.NeedsUserToken()).ShouldBe((true, DeploymentAccess.Person, false));
        var made = acts.Shop.Repository.Deployments.ShouldHaveSingleItem();
        string.Concat(made.Payload!.ToString().Where(character => !char.IsWhiteSpace(character))).ShouldContain($"{{\"id\":{row.Id.Value},\"requested_by\":\"ada\"}}");
        (await acts.ActivityAsync()).Where(entry => entry.DeploymentId == row.Id).Select(entry => (entry.Act, entry.Actor.Login.Value))
            .ShouldBe([(ActivityKind.Requested, "ada"), (ActivityKind.Deployed, "ada")]);
        acts.Shop.Calls.Skip(calls).Where(call => call is not RepositoryDriver.WriteStatus).ShouldContain(Role);
        acts.Shop.Calls.Skip(calls).Count(call => call == RepositoryDriver.Create).ShouldBe(1);

        // What GitHub tells of it is known to be ours, by the number beside the name.
        acts.Shop.Report(sha, "success");
        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Success);
        (await acts.Shop.RowsAsync()).Count(known => known.State is DeploymentState.Success).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_branch_has_got_meanwhile_without_our_hearing_of_it_goes_out_in_nobodys_name()
    {
        var (acts, sha) = await LockedAsync();
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);
        acts.Shop.Push("Unheard of");
        await acts.Shop.SettleAsync();
        var (id, chosen) = (new RepositoryId(acts.Shop.Repository.Id), CommitSha.Parse(sha));
        await house.ReadAsync(db => db.RefHeads.Where(head => head.RepositoryId == id).ExecuteUpdateAsync(head => head.SetProperty(row => row.Sha, (CommitSha?)chosen), Stop));

        await UnlockAsync(acts);

        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Pending);
        acts.Shop.Deployed.ShouldBe([sha]);
    }

    [Theory]
    [InlineData("production: {}\n", RepositoryPermission.Read, "ada may no longer deploy to production.")]
    [InlineData("production:\n  permissions: { deploy: [role:maintain] }\n", RepositoryPermission.Write, "ada may no longer deploy to production: that takes the role maintain.")]
    public async Task Who_has_lost_the_right_meanwhile_is_denied_when_it_would_go_out(string deployFile, RepositoryPermission left, string sentence)
    {
        var (acts, sha) = await LockedAsync(deployFile);
        var ada = house.World.FindAccount("ada")!;
        house.World.SetPermission(ada, acts.Shop.Repository, RepositoryPermission.Maintain);
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);
        house.World.SetPermission(ada, acts.Shop.Repository, left);

        await UnlockAsync(acts);

        (await acts.Shop.AwaitAsync("production", sha, DeploymentState.Denied)).Reason!.ToString().ShouldBe(sentence);
        acts.Shop.Deployed.ShouldBeEmpty();
        house.World.SetPermission(ada, acts.Shop.Repository, RepositoryPermission.Write);
    }

    [Fact]
    public async Task What_was_deployed_meanwhile_by_its_holder_is_not_undone_by_an_older_request()
    {
        var (acts, sha) = await LockedAsync();
        var newer = acts.Shop.Push("Coffee");
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);

        (await AskAsync(acts, newer, waits: false, by: ActDriver.Grace)).End.ShouldBe(ActEnd.UnderWay);
        await acts.SucceedAsync(newer);

        (await acts.Shop.AwaitAsync("production", sha, DeploymentState.Superseded)).Reason!.ToString()
            .ShouldBe($"{newer[..7]} was deployed to production after this was asked for. Ask again if {sha[..7]} is to replace it.");
    }

    [Fact]
    public async Task Asking_again_takes_the_place_of_ones_own_earlier_request_and_of_nobody_elses()
    {
        var (acts, sha) = await LockedAsync(by: Somebody.Called("olive"));
        var newer = acts.Shop.Push("Coffee");
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);
        (await AskAsync(acts, sha, by: ActDriver.Grace)).End.ShouldBe(ActEnd.Waits);

        var refused = await AskAsync(acts, newer, waits: false);
        (await acts.Shop.RowsAsync()).Count(row => row.State is DeploymentState.Waiting).ShouldBe(2, "what is refused takes nobody's place");
        (await AskAsync(acts, newer)).End.ShouldBe(ActEnd.Waits);

        refused.End.ShouldBe(ActEnd.Refused);
        var rows = await acts.Shop.RowsAsync();
        rows.Where(row => row.State is DeploymentState.Superseded).ShouldHaveSingleItem().Reason!.ToString().ShouldBe($"ada asked again: {newer[..7]} takes its place.");
        rows.Where(row => row.State is DeploymentState.Waiting).Select(row => row.RequestedBy.Login.Value).ShouldBe(["grace", "ada"]);
    }

    [Fact]
    public async Task A_request_that_was_cut_off_before_it_was_looked_at_is_the_Apps_and_upkeep_finds_it()
    {
        var (acts, sha) = await LockedAsync();
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);
        var row = await acts.Shop.RowAsync(sha);
        await house.ExecuteAsync($"update deployments set gate = null, reason = null, look_at = null, updated_at = now() - interval '1 hour', created_at = now() - interval '1 hour' where id = {row.Id.Value}");

        await house.RunAsync<InterruptionJob>((job, stop) => job.RunAsync(stop));
        await house.ExecuteAsync($"delete from environment_locks where repository_id = {acts.Shop.Repository.Id}");
        await house.RunAsync<SweepJob>((job, stop) => job.RunAsync(stop));

        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Pending);
        acts.Shop.Deployed.ShouldBe([sha]);
    }

    [Fact]
    public async Task It_waits_for_checks_and_a_look_before_they_pass_makes_nothing()
    {
        var acts = new ActDriver(house, "production:\n  required_contexts: [ci]\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();

        (await AskAsync(acts, sha)).Say().ShouldBe("It waits: Waiting for ci (no result yet).");
        acts.Shop.Deployed.ShouldBeEmpty();
        await acts.Shop.PassAsync(sha, "ci");

        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Pending);
        acts.Shop.Deployed.ShouldBe([sha]);
    }

    [Fact]
    public async Task Whoever_may_deploy_may_cancel_it()
    {
        var (acts, sha) = await LockedAsync();
        var asked = await AskAsync(acts, sha);

        var cancelled = await acts.ActAsync<Cancellations>(ActDriver.Grace, (act, by) => act.CancelAsync(by, asked.Deployment!.Value, Stop));

        cancelled.End.ShouldBe(ActEnd.Done, cancelled.Say());
        (await acts.Shop.AwaitAsync("production", sha, DeploymentState.Cancelled)).Reason!.ToString().ShouldBe("Cancelled by grace.");
        await house.EventuallyAsync(
            () => Task.FromResult(acts.Shop.StatusesOf(sha, "deliverybot/production") is [.., "error: Not deployed: Cancelled by grace."]), "the commit says so");
    }

    [Fact]
    public async Task New_rules_hold_for_it_and_a_target_that_is_gone_ends_it()
    {
        var (acts, sha) = await LockedAsync();
        (await AskAsync(acts, sha)).End.ShouldBe(ActEnd.Waits);

        acts.Shop.PushDeployFile("production:\n  environment: live\n");
        await house.EventuallyAsync(async () => (await acts.Shop.RowAsync(sha)).State is DeploymentState.Pending, "the other environment is not locked");
        acts.Shop.Made.ShouldBe([$"live:{sha}"]);

        var (others, other) = await LockedAsync();
        (await AskAsync(others, other)).End.ShouldBe(ActEnd.Waits);
        others.Shop.PushDeployFile("staging: {}\n");
        (await others.Shop.AwaitAsync("production", other, DeploymentState.Cancelled)).Reason!.ToString().ShouldBe(".github/deploy.yml has no target production any more.");
    }

    [Fact]
    public async Task What_is_refused_at_once_has_not_waited_and_tells_nobody_but_who_asked()
    {
        var acts = new ActDriver(house, "production:\n  permissions: { deploy: [role:admin] }\n");
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();

        var refused = await AskAsync(acts, sha);

        (refused.End, refused.Sentence.ToString()).ShouldBe((ActEnd.Refused, "ada may not deploy to production: that takes the role admin."));
        var row = await acts.Shop.RowAsync(sha);
        (row.State, row.Waits).ShouldBe((DeploymentState.Denied, false));
        acts.Shop.StatusesOf(sha, "deliverybot/production").ShouldBeEmpty();
    }

    private async Task<(ActDriver Acts, string Sha)> LockedAsync(string deployFile = Production, GitHubUser? by = null)
    {
        var acts = new ActDriver(house, deployFile);
        if (by is not null)
        {
            acts.Writer(by.Value);
        }

        house.World.SetPermission(house.World.FindAccount((by ?? ActDriver.Grace).Login.Value) ?? house.World.CreateUser("grace"), acts.Shop.Repository, RepositoryPermission.Admin);
        var sha = acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();
        var locked = await acts.ActAsync<EnvironmentLocks>(
            by ?? ActDriver.Grace, (act, actor) => act.LockAsync(actor, new LockRequest { Environment = new EnvironmentName("production") }, Stop));
        locked.End.ShouldBe(ActEnd.Done, locked.Say());
        return (acts, sha);
    }

    private static Task<ActResult> UnlockAsync(ActDriver acts) =>
        acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, by) => act.UnlockAsync(by, new EnvironmentName("production"), seen: null, Stop));

    private static Task<ActResult> AskAsync(ActDriver acts, string sha, bool waits = true, GitHubUser? by = null) => acts.ActAsync<ManualDeployments>(
        by is { } other ? other : ActDriver.Ada,
        (act, actor) => act.RequestAsync(
            actor,
            new ManualRequest { Target = new TargetName("production"), Sha = new CommitSha(sha), Source = CommitSource.LookedAt.Named("main"), Via = DeploymentVia.Web, Waits = waits },
            Stop));
}
