using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.AutoDeploy;

/// <summary>Pushes that are processed late, because nothing ran for a while: GitHub is further than they tell.</summary>
public sealed class BacklogTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql) { Roles = "web" };

    public async ValueTask InitializeAsync() => await house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("  queue: latest\n")]
    public async Task Many_pushes_to_a_branch_make_one_deployment_of_the_newest(string queue)
    {
        var shop = new RepositoryDriver(house, $"staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n{queue}");
        var shas = Enumerable.Range(1, 5).Select(number => shop.Push($"Change {number}")).ToList();

        await house.ProcessAsync();

        shop.Deployed.ShouldBe([shas[^1]]);
        shop.Calls.Count(call => call == Create).ShouldBe(1);
        var rows = await shop.RowsAsync();
        rows.Where(row => row.State == DeploymentState.Pending).ShouldHaveSingleItem().Sha.Value.ShouldBe(shas[^1]);
        rows.Where(row => row.State != DeploymentState.Pending).ShouldAllBe(row => row.State == DeploymentState.Superseded);
    }
}
