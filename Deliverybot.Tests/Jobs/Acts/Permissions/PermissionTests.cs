using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Promotion;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Permissions;

/// <summary>Whom a target doesn't let can't, by no act and by no side effect of one.</summary>
public sealed class PermissionTests(House house) : IClassFixture<House>
{
    private const string Role = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";

    private const string Maintainers =
        "production:\n  auto_deploy_on: refs/heads/main\n  queue: all\n  required_contexts: [deliverybot/promotion]\n  permissions: { deploy: [role:maintain], lock: [role:maintain] }";

    [Fact]
    public async Task Who_may_only_write_can_neither_deploy_nor_roll_back_nor_lock_nor_promote_nor_cancel()
    {
        var shop = new ActDriver(house, Maintainers);
        var sha = shop.Shop.Push("Sell tea");
        await shop.Shop.EventuallyAsync(sha, DeploymentState.Waiting);
        var waits = (await shop.Shop.RowAsync(sha)).Id;
        var source = new CommitSource.LookedAt(GitRef.Branch("main"));

        var deployed = await shop.ActAsync<ManualDeployments>(ActDriver.Grace, (act, by) => act.RequestAsync(
            by, new ManualRequest { Target = new TargetName("production"), Sha = new CommitSha(sha), Source = source, Via = DeploymentVia.Web, Force = true }, ActDriver.Stop));
        ActResult[] others =
        [
            await shop.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, by) => act.LockAsync(by, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop)),
            await shop.ActAsync<Promotions>(ActDriver.Grace, (act, by) => act.PromoteAsync(by, new PromotionRequest { Sha = new CommitSha(sha), Source = source }, ActDriver.Stop)),
            await shop.ActAsync<Cancellations>(ActDriver.Grace, (act, by) => act.CancelAsync(by, waits, ActDriver.Stop)),
            await shop.ActAsync<EnvironmentRollbacks>(ActDriver.Grace, (act, by) => act.RollBackAsync(by, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop)),
        ];

        deployed.End.ShouldBe(ActEnd.Refused);
        deployed.Sentence.ToString().ShouldBe("grace may not deploy to production: that takes the role maintain.");
        others.ShouldAllBe(result => result.End == ActEnd.NotAllowed);
        others.Select(result => result.Sentence.ToString()).ShouldBe(
        [
            "grace may not lock or unlock production: that takes the role maintain.",
            "grace may not deploy to production: that takes the role maintain.",
            "grace may not deploy to production: that takes the role maintain.",
            "grace may not roll production back: that takes the role maintain.",
        ]);
        (await shop.LocksAsync()).ShouldBeEmpty("a rollback that isn't let leaves no hold");
        shop.Shop.Deployed.ShouldBeEmpty();
        (await shop.Shop.RowsAsync()).Single(row => row.Id == waits).State.ShouldBe(DeploymentState.Waiting);
    }

    [Fact]
    public async Task Who_has_the_role_may_and_an_event_needs_none()
    {
        var shop = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  permissions: { deploy: [role:maintain], rollback: [] }");
        house.World.SetPermission(house.World.FindAccount("olive") ?? house.World.CreateUser("olive"), shop.Shop.Repository, RepositoryPermission.Maintain);
        var tea = await shop.GoLiveAsync("Sell tea");

        var again = await DeployAsync(shop, Somebody.Called("olive"), tea);
        var back = await shop.ActAsync<EnvironmentRollbacks>(
            Somebody.Called("olive"), (act, by) => act.RollBackAsync(by, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop));

        again.End.ShouldBe(ActEnd.UnderWay, again.Say());
        back.Sentence.ToString().ShouldBe("olive may not roll production back: .github/deploy.yml lets nobody.");
    }

    [Fact]
    public async Task Access_to_another_repository_lets_in_by_one_call_and_one_that_cant_be_seen_says_so()
    {
        var group = house.CreateRepository();
        var shop = new ActDriver(house, $"production:\n  permissions: {{ deploy: [repo:{group.FullName}] }}");
        var sha = shop.Shop.Push("Sell tea");
        await shop.Shop.SettleAsync();
        var grace = shop.Writer(ActDriver.Grace);

        var outside = await DeployAsync(shop, ActDriver.Grace, sha);
        house.World.SetPermission(house.World.FindAccount("grace")!, group, RepositoryPermission.Write);
        var before = RepositoryDriver.CallsAbout(house, group).Count;
        var inside = await DeployAsync(shop, ActDriver.Grace, sha);
        var asked = RepositoryDriver.CallsAbout(house, group).Skip(before).ToList();
        shop.Shop.PushDeployFile($"production:\n  permissions: {{ deploy: [repo:{group.FullName}-2] }}");
        await shop.Shop.SettleAsync();
        var unseen = await DeployAsync(shop, ActDriver.Grace, sha);

        grace.Id.ShouldNotBeNull();
        outside.Sentence.ToString().ShouldBe($"grace may not deploy to production: that takes write access to {group.FullName}.");
        inside.End.ShouldBe(ActEnd.UnderWay, inside.Say());
        asked.ShouldBe([Role]);
        unseen.Sentence.ToString().ShouldBe($"Deliverybot can't see {group.FullName}-2: install it there, or take it out of .github/deploy.yml.");
    }

    [Fact]
    public async Task In_a_freeze_force_helps_those_alone_whom_the_file_lets()
    {
        var shop = new ActDriver(
            house,
            """
            production:
              permissions: { freeze: [role:maintain] }
            deliverybot:
              freeze: [{ from: 2020-01-01, until: 2090-01-01, reason: audit, environments: [production] }]
            """);
        house.World.SetPermission(house.World.FindAccount("olive") ?? house.World.CreateUser("olive"), shop.Shop.Repository, RepositoryPermission.Maintain);
        var sha = shop.Shop.Push("Sell tea");
        await shop.Shop.SettleAsync();

        var writer = await DeployAsync(shop, ActDriver.Grace, sha, force: true);
        var maintainer = await DeployAsync(shop, Somebody.Called("olive"), sha, force: true);

        writer.Sentence.ToString().ShouldBe("grace may not deploy in a freeze: that takes the role maintain.");
        maintainer.End.ShouldBe(ActEnd.UnderWay, maintainer.Say());
    }

    [Fact]
    public async Task Whoever_holds_a_lock_may_end_it_though_others_locks_are_not_theirs_to_end()
    {
        var shop = new ActDriver(house, "production: {}");
        await shop.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, by) => act.LockAsync(by, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));
        shop.Shop.PushDeployFile("production:\n  permissions: { lock: [role:admin] }");
        await shop.Shop.SettleAsync();

        var others = await UnlockAsync(shop, ActDriver.Ada);
        var own = await UnlockAsync(shop, ActDriver.Grace);

        others.End.ShouldBe(ActEnd.NotAllowed);
        others.Sentence.ToString().ShouldBe("ada may not lock or unlock production: that takes the role admin.");
        own.End.ShouldBe(ActEnd.Done);
    }

    [Fact]
    public async Task While_the_file_is_broken_the_rules_that_were_read_last_go_on()
    {
        var shop = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  permissions: { lock: [grace] }");
        await shop.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, by) => act.LockAsync(by, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));
        var sha = shop.Shop.Push("One");
        await shop.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Lock");
        shop.Shop.PushDeployFile("production:\n  permisions: {}");
        await shop.Shop.SettleAsync();

        var others = await UnlockAsync(shop, ActDriver.Ada);

        others.End.ShouldBe(ActEnd.NotAllowed, others.Say());
        (await shop.LocksAsync()).ShouldHaveSingleItem();
    }

    private static Task<ActResult> DeployAsync(ActDriver shop, GitHubUser by, string sha, bool force = false) => shop.ActAsync<ManualDeployments>(by, (act, actor) => act.RequestAsync(
        actor,
        new ManualRequest
        {
            Target = new TargetName("production"),
            Sha = new CommitSha(sha),
            Source = new CommitSource.LookedAt(GitRef.Branch("main")),
            Via = DeploymentVia.Web,
            Force = force,
        },
        ActDriver.Stop));

    private static Task<ActResult> UnlockAsync(ActDriver shop, GitHubUser by) =>
        shop.ActAsync<EnvironmentLocks>(by, (act, actor) => act.UnlockAsync(actor, new EnvironmentName("production"), seen: null, ActDriver.Stop));
}
