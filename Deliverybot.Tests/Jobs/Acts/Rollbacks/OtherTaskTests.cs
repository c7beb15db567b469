using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Rollbacks;

/// <summary>What a person does in an environment with another task than the target's own brings no commit there: no rollback goes by it.</summary>
public sealed class OtherTaskTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    [Fact]
    public async Task A_rollback_goes_back_to_a_deployment_and_not_to_what_was_done_to_it_since()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await MigrateAsync(acts, second, "success");
        await acts.GoLiveAsync("Three");

        (await acts.WentToAsync(await RollBackAsync(acts))).ShouldBe(second);

        acts.Shop.Repository.Deployments[^1].Task.ShouldBe("deploy");
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    [InlineData("in_progress")]
    public async Task It_starts_from_what_was_deployed(string state)
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await MigrateAsync(acts, second, state);

        (await RollBackAsync(acts)).Sentence.ShouldStartWith($"{second[..7]} is live; production goes back to {first[..7]}.");
    }

    [Fact]
    public async Task It_ends_no_hold()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        await RollBackAsync(acts);
        await acts.SucceedAsync(first);
        var next = acts.Shop.Push("Three");
        await acts.Shop.SettleAsync();

        await MigrateAsync(acts, next, "success");
        var row = await acts.Shop.RowAsync(next);
        await house.RunAsync<DeployedForwardJob>((job, stop) => job.RunAsync("production", row.Id.Value, stop));

        (await acts.LocksAsync()).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
    }

    private static async Task MigrateAsync(ActDriver acts, string sha, string state)
    {
        (await acts.ActAsync<ManualDeployments>(ActDriver.Grace, (deployments, actor) => deployments.RequestAsync(
            actor,
            new ManualRequest
            {
                Target = new TargetName("production"),
                Task = "migrate",
                Sha = new CommitSha(sha),
                Source = new CommitSource.LookedAt(GitRef.Branch("main")),
                Via = DeploymentVia.Web,
            },
            ActDriver.Stop))).ShouldEndAs(ActEnd.UnderWay);
        acts.Shop.Report(sha, state);
        await acts.Shop.SettleAsync();
    }

    private static Task<ActResult> RollBackAsync(ActDriver acts) =>
        acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop));
}
