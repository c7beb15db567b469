using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>Of a wish that waited long, GitHub is asked whether its commit is still the head: the push that says otherwise may have been lost.</summary>
public sealed class StaleHeadTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    [Fact]
    public async Task An_old_wish_is_deployed_when_GitHub_says_it_is_still_the_head()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Slow checks");
        await shop.SettleAsync();
        await shop.AgeAsync(TimeSpan.FromMinutes(11));

        shop.SetStatus(sha, "ci");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, ReadRef, Create, WriteStatus]);
    }

    [Fact]
    public async Task An_old_wish_ends_when_GitHub_says_that_the_branch_has_moved_on()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Overtaken by a push that was lost");
        await shop.SettleAsync();
        await shop.AgeAsync(TimeSpan.FromMinutes(11));
        var newer = await LosePushAsync(shop);

        shop.SetStatus(sha, "ci");

        var row = await shop.SettledAsync(sha);
        row.State.ShouldBe(DeploymentState.Superseded);
        row.Reason.ShouldBe($"main has moved on to {newer[..7]}.");
        shop.Deployed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_young_wish_costs_no_question()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Fast checks");
        await shop.SettleAsync();
        await shop.AgeAsync(TimeSpan.FromMinutes(9));

        shop.SetStatus(sha, "ci");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, Create, WriteStatus]);
    }

    /// <summary>Moves main at a GitHub whose App doesn't listen.</summary>
    private static async Task<string> LosePushAsync(RepositoryDriver shop)
    {
        var url = shop.World.Webhooks.Url;
        shop.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        var newer = shop.Push("Lost");
        await shop.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        shop.World.Webhooks.Url = url;
        return newer;
    }
}
