using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

public sealed class LeftAttemptsTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task What_failed_before_its_branch_was_set_back_is_past_whatever_is_pushed_afterwards()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main");
        var good = await acts.GoLiveAsync("Sell tea");
        var bad = acts.Shop.Push("Sell coffee");
        await acts.Shop.EventuallyAsync(bad, DeploymentState.Pending);
        acts.Shop.Report(bad, "failure");
        await acts.Shop.SettleAsync();
        (await FailedAsync(acts)).ShouldBe(bad);

        acts.Shop.World.SetBranch(acts.Shop.Repository, "main", good, house.Ada);
        await acts.Shop.SettleAsync();
        (await FailedAsync(acts)).ShouldBeNull();
        var next = acts.Shop.Push("Sell milk");
        await acts.Shop.EventuallyAsync(next, DeploymentState.Pending);

        (await FailedAsync(acts)).ShouldBeNull();
        acts.Shop.Report(next, "failure");
        await acts.Shop.SettleAsync();
        (await FailedAsync(acts)).ShouldBe(next);
    }

    private static Task<string?> FailedAsync(ActDriver acts) => acts.AsAppAsync<Standings, string?>(
        async (standings, _) => (await standings.ReadAsync(acts.Id, only: null, ActDriver.Stop)).Single().Failed?.Sha.Value);
}
