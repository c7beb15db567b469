using System.Text.Json.Nodes;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Rollbacks;

public sealed class RollbackTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n  payload: { color: red }\n";

    [Fact]
    public async Task It_goes_further_back_each_time_and_never_toggles()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        var third = await acts.GoLiveAsync("Three");

        var once = await RollBackAsync(acts, "production");
        await acts.SucceedAsync(second);
        var twice = await RollBackAsync(acts, "production");
        await acts.SucceedAsync(first);
        var never = await RollBackAsync(acts, "production");

        once.ShouldEndAs(ActEnd.UnderWay).Sentence.ToString().ShouldBe(
            $"{third[..7]} is live; production goes back to {second[..7]}. Automatic deployments are held until somebody unlocks it, or has deployed something newer than {third[..7]}.");
        (await acts.WentToAsync(twice)).ShouldBe(first);
        never.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe($"Nothing was live in production before {first[..7]}.");
        acts.Shop.Deployed.ShouldBe([first, second, third, second, first]);
        (await acts.LocksAsync()).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
    }

    [Fact]
    public async Task It_names_the_commit_and_carries_the_payload_of_then()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var changed = acts.Shop.PushDeployFile(DeployFile.Replace("red", "blue", StringComparison.Ordinal));
        await acts.Shop.EventuallyAsync(changed, DeploymentState.Pending);
        await acts.SucceedAsync(changed);

        await RollBackAsync(acts, "production");

        var row = (await acts.Shop.RowsAsync())[^1];
        (row.Act, row.RollbackTo, row.Sha.Value).ShouldBe((DeploymentAct.Rollback, (await acts.Shop.RowsAsync())[0].Id, first));
        var made = acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments[^1]);
        made.Ref.ShouldBe(first);
        JsonNode.Parse(row.Payload!)!["color"]!.GetValue<string>().ShouldBe("red");
        made.Payload!["color"]!.GetValue<string>().ShouldBe("red");
        made.Payload["deliverybot"]!.GetValue<long>().ShouldBe(row.Id.Value);
        var entry = (await acts.ActivityAsync())[^1];
        (entry.Act, entry.Detail.ToString()).ShouldBe((ActivityKind.RolledBack, $"Back from {changed[..7]}."));
    }

    [Fact]
    public async Task The_next_push_is_held_until_somebody_unlocks()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        await RollBackAsync(acts, "production");

        var held = acts.Shop.Push("Three");
        var row = await acts.Shop.SettledAsync(held);
        var unlocked = await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (locks, actor) =>
            locks.UnlockAsync(actor, new EnvironmentName("production"), seen: null, ActDriver.Stop));

        (row.Gate, row.Reason?.ToString()).ShouldBe(("Lock", "production is held since ada rolled it back."));
        unlocked.Sentence.ToString().ShouldBe("grace unlocked production, which was held since ada rolled it back.");
        await acts.Shop.EventuallyAsync(held, DeploymentState.Pending);
    }

    [Fact]
    public async Task Somebody_elses_lock_stops_it_and_no_hold_is_left()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (locks, actor) => locks.LockAsync(
            actor, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));

        var refused = await RollBackAsync(acts, "production");

        refused.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe("production is locked by grace.");
        (await acts.LocksAsync()).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Lock);
    }

    [Fact]
    public async Task A_rollback_that_is_cut_off_takes_its_hold_back_and_what_was_held_goes_out()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        await RollBackAsync(acts, "production");
        var row = (await acts.Shop.RowsAsync())[^1];
        await house.ExecuteAsync($"update deployments set state = 'Waiting', github_id = null, updated_at = now() - interval '1 hour' where id = {row.Id.Value}");
        var held = acts.Shop.Push("Three");
        (await acts.Shop.SettledAsync(held)).Gate.ShouldBe("Lock");

        await house.RunAsync<InterruptionJob>((job, stop) => job.RunAsync(stop));

        await acts.Shop.EventuallyAsync(held, DeploymentState.Pending);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hold_that_was_there_before_stays_when_a_rollback_is_refused()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await acts.GoLiveAsync("Three");
        await RollBackAsync(acts, "production");
        await acts.SucceedAsync(second);
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (locks, actor) => locks.LockAsync(
            actor, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));

        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.Refused);

        (await acts.LocksAsync()).Select(held => held.Kind).ShouldBe([LockKind.Hold, LockKind.Lock]);
    }

    [Fact]
    public async Task It_passes_order_queue_and_checks_and_says_what_it_overtook()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\nproduction:\n  auto_deploy_on: refs/heads/main\n  queue: all\n");
        await acts.GoLiveAsync("One");
        var live = await acts.GoLiveAsync("Two");
        var busy = acts.Shop.PushDeployFile(
            "staging:\n  environment: staging\nproduction:\n  auto_deploy_on: refs/heads/main\n  queue: all\n  required_contexts: []\n");
        await acts.Shop.EventuallyAsync(busy, DeploymentState.Pending);
        acts.Shop.PushDeployFile("staging:\n  environment: staging\nproduction:\n  after: [staging]\n  queue: all\n  required_contexts: [ci]\n");
        await acts.Shop.SettleAsync();

        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.UnderWay);

        (await acts.ActivityAsync())[^1].Detail.ShouldSatisfyAllConditions(
            detail => detail.ShouldStartWith($"Back from {busy[..7]}. Overridden: {live[..7]} has not succeeded at staging yet."),
            detail => detail.ShouldContain($"Overtakes {busy[..7]} by ada, which is on its way."),
            detail => detail.ToString().ShouldNotContain("Checks"));
    }

    [Fact]
    public async Task What_others_deployed_is_repeated_with_the_payload_that_GitHub_has()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = acts.Shop.Push("One", "side");
        var made = house.World.CreateDeployment(acts.Shop.Repository, first, "production", house.Ada, new JsonObject { ["by"] = "hand" });
        house.World.SetDeploymentStatus(acts.Shop.Repository, made, "success", house.Ada);
        await acts.Shop.SettleAsync();
        await acts.GoLiveAsync("Two");

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(first);

        acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments[^1].Payload!["by"]!.GetValue<string>()).ShouldBe("hand");
    }

    [Fact]
    public async Task Where_the_environment_is_a_template_its_own_name_is_taken()
    {
        var acts = new ActDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n");
        var first = acts.Shop.Push("One", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await acts.Shop.EventuallyAsync(first, DeploymentState.Pending);
        await acts.SucceedAsync(first);
        var second = acts.Shop.Push("Two", "tea");
        await acts.Shop.EventuallyAsync(second, DeploymentState.Pending);
        await acts.SucceedAsync(second);

        (await RollBackAsync(acts, "review")).ShouldEndAs(ActEnd.Unknown)
            .Sentence.ToString().ShouldBe("The environment of review is a template, review-${{ pr }}. Name the environment that is to go back: review-1.");
        (await acts.WentToAsync(await RollBackAsync(acts, "Review-1"))).ShouldBe(first);
    }

    [Fact]
    public async Task A_command_that_is_processed_again_goes_back_once()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await acts.GoLiveAsync("Three");
        var delivery = new WebhookDeliveryGuid(Guid.NewGuid());

        var once = await RollBackAsync(acts, "production", delivery);
        await acts.SucceedAsync(second);
        var again = await RollBackAsync(acts, "production", delivery);

        (again.End, again.Deployment, again.Say()).ShouldBe((once.End, once.Deployment, once.Say()));
        acts.Shop.Deployed.Count.ShouldBe(4);
        (await acts.ActivityAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("nowhere", ".github/deploy.yml has no target nowhere. It has: production.")]
    [InlineData("constructor", ".github/deploy.yml has no target constructor. It has: production.")]
    public async Task What_is_unknown_does_not_go_back(string place, string reason)
    {
        var acts = new ActDriver(house, DeployFile);

        (await RollBackAsync(acts, place)).ShouldEndAs(ActEnd.Unknown).Sentence.ToString().ShouldBe(reason);
        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe("Nothing has succeeded in production yet, so there is nothing to go back to.");
    }

    private static Task<ActResult> RollBackAsync(ActDriver acts, string place, WebhookDeliveryGuid? delivery = null) =>
        acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor,
            new RollbackRequest
            {
                Place = place,
                Via = delivery is null ? DeploymentVia.Web : DeploymentVia.Comment,
                PullRequest = delivery is null ? null : new PullRequestNumber(1),
                Delivery = delivery,
            },
            ActDriver.Stop));
}
